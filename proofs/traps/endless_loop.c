/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: Goal typed_wait_terminates */
/*@ assigns \nothing; ensures two: \result == 2; */
int wait(void) {
  /*@ loop invariant any: \true; loop assigns \nothing; */
  for (;;)
    ;
}
