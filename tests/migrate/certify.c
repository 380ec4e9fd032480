/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* certify FOLDER: certificates for the tests that are no C. */
#include "certificates.h"

int main(int argc, char **argv) {
  if (argc != 2)
    return 2;
  xbz_certificates_make(argv[1]);
  return 0;
}
