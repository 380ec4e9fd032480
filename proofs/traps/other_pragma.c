/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: another program under __FRAMAC__ */
#ifdef __FRAMAC__
#define HINT
#else
#define HINT _Pragma("pack(1)")
#endif
/*@ assigns \nothing; ensures two: \result == 2; */
int one(void) { HINT return 2; }
