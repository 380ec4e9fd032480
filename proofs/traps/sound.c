/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Nothing is wrong here: the control. */
/*@ requires room: \valid(p + (0 .. n - 1));
    assigns  p[0 .. n - 1];
    ensures  zero: \forall integer i; 0 <= i < n ==> p[i] == 0;
*/
void clear(unsigned char *p, unsigned n) {
  /*@ loop invariant range: 0 <= i <= n;
      loop invariant zero:  \forall integer k; 0 <= k < i ==> p[k] == 0;
      loop assigns i, p[0 .. n - 1];
      loop variant n - i; */
  for (unsigned i = 0; i < n; i++)
    p[i] = 0;
}
