/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: lemma wish is in no lemma unit */
/*@ lemma wish: 1 == 2; */
/*@ assigns \nothing; ensures two: \result == 2; */
int one(void) { return 1; }
