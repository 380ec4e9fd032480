/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: has a clause without a name: ensures */
/*@ assigns \nothing; ensures \result == 1; */
int one(void) { return 1; }
