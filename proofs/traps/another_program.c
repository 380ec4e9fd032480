/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: another program under __FRAMAC__ */
/*@ assigns \nothing; ensures two: \result == 2; */
int one(void) {
#ifdef __FRAMAC__
  return 2;
#else
  return 1;
#endif
}
