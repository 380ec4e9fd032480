/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Goal typed_next_assert_rte_unsigned_overflow */
/*@ assigns \nothing; */
unsigned next(unsigned x) { return x + 1u; }
