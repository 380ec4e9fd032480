/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: axiom wish */
/*@ axiomatic Wishes { axiom wish: 1 == 2; } */
/*@ assigns \nothing; ensures two: \result == 2; */
int one(void) { return 1; }
