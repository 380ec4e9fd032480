/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: another program under __FRAMAC__ */
/* What is fetched may not be counted by the way. */
#ifdef __FRAMAC__
#define FETCH(address) (void)(address)
#else
#define FETCH(address) __builtin_prefetch((address)++)
#endif
/*@ requires readable: \valid_read(p + (0 .. 1));
    assigns \nothing;
    ensures first: \result == *p;
*/
int one(const int *p) {
  FETCH(p);
  return *p;
}
