/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: forgotten: no goals|forgotten has no contract */
int forgotten(int x) /*@ ghost (int y) */ { return x; }
/*@ assigns \nothing; ensures same: \result == x; */
int same(int x) { return x; }
