/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: another program under __FRAMAC__ */
/* A hint may not turn a condition round. */
#ifdef __FRAMAC__
#define SELDOM(condition) ((condition) != 0)
#else
#define SELDOM(condition) __builtin_expect((condition) == 0, 0)
#endif
/*@ assigns \nothing; ensures two: \result == (x < 0 ? 1 : 2); */
int one(int x) {
  if (SELDOM(x < 0))
    return 1;
  return 2;
}
