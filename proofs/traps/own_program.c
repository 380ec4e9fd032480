/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Refused: another program under __FRAMAC__, or where it is proved */
/*@ assigns \nothing; ensures two: \result == 2; */
int one(void) {
#ifdef XBZ_PROVES_OWN_PROGRAM
  return 2;
#else
  return 1;
#endif
}
