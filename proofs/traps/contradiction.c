/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Smoke-test typed_never_wp_smoke_default_requires */
/*@ requires large: x > 5; requires small: x < 3;
    assigns \nothing; ensures two: \result == 2; */
int never(int x) { return x; }
