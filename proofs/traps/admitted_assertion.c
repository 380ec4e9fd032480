/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: admit two */
/*@ assigns \nothing; ensures two: \result == 2; */
int one(int x) {
  /*@ admit two: x == 2; */
  return x;
}
