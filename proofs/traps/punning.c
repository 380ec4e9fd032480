/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Cast with incompatible pointers types */
/*@ requires valid: \valid_read(p + (0 .. 7)); assigns \nothing; */
unsigned long word(const unsigned char *p) { return *(const unsigned long *)p; }
