/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Missing 'calls' for default behavior */
/*@ assigns \nothing; */
int call(int (*f)(void)) { return f(); }
