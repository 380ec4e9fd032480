/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Missing assigns clause|No 'assigns' specification */
/*@ ensures two: \result == 2; */
int callee(void) { return 2; }
/*@ assigns \nothing; ensures two: \result == 2; */
int caller(void) { return callee(); }
