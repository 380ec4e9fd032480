/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Neither code nor specification for function unknown */
void unknown(void);
/*@ assigns \nothing; */
void caller(void) { unknown(); }
