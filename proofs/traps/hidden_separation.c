/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Memory model hypotheses for function 'both' */
int last;
/*@ requires valid: \valid(p); assigns *p, last; ensures one: *p == 1; */
void both(int *p) {
  *p = 1;
  last = 2;
}
