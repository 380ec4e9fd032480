/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Goal typed_one_ensures_two */
/*@ assigns \nothing; ensures two: \result == 2; */
int one(void) { return 1; }
