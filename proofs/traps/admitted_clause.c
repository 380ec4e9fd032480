/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: admit ensures */
/*@ assigns \nothing; admit ensures two: \result == 2; */
int one(void) { return 1; }
