/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Missing assigns clause */
/*@ assigns \nothing; */
int nop(void) {
  __asm__("nop");
  return 0;
}
