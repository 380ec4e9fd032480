/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Goal typed_low_assert_rte_unsigned_downcast */
/*@ assigns \nothing; */
unsigned char low(unsigned x) { return (unsigned char)x; }
