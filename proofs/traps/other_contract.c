/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: clear is proved under another contract */
/*@ assigns \nothing; ensures five: \result == 5; */
int clear(unsigned char *p, unsigned n);
/*@ assigns \nothing; ensures five: \result == 5; */
int caller(void) { return clear(0, 0); }
