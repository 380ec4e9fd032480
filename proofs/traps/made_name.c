/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: forgotten_here: no goals|forgotten_here has no contract */
#define HERE(name) name##_here
int HERE(forgotten)(int x) { return x; }
/*@ assigns \nothing; ensures same: \result == x; */
int same(int x) { return x; }
