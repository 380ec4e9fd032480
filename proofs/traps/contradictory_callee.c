/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Smoke-test typed_caller_wp_smoke_dead_code */
/*@ assigns \nothing; ensures odd: \result == 1 && \result == 2; */
int callee(void);
/*@ assigns \nothing; ensures two: \result == 2; */
int caller(void) { return callee() + 1; }
