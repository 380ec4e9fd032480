/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: trusted is declared but no unit defines it */
/*@ assigns \nothing; ensures two: \result == 2; */
int trusted(void);
/*@ assigns \nothing; ensures two: \result == 2; */
int caller(void) { return trusted(); }
