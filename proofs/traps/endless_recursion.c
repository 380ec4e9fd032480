/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: No 'decreases' clause on recursive function 'again' */
/*@ assigns \nothing; ensures two: \result == 2; */
int again(int x) { return again(x); }
