/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The end of what push_*.h began. */
#ifdef __clang__
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
