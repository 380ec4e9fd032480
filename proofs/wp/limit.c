/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Run a command with a limit of its processor time.
 *
 *   limit SECONDS PART COMMAND [ARGUMENT]...    PART of SECONDS, such as 0.25
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

/* The timer outlives the exec, and its signal ends the command. */
static int xbz_set_limit(double seconds) {
  const long whole = (long)seconds;
  const struct itimerval timer = {
      .it_value = {whole, (long)((seconds - (double)whole) * 1e6)}};
  return setitimer(ITIMER_PROF, &timer, NULL);
}

int main(int argc, char **argv) {
  const double seconds =
      argc > 3 ? strtod(argv[1], NULL) * strtod(argv[2], NULL) : 0;
  if (seconds < 0.001) {
    (void)fputs("usage: limit SECONDS PART COMMAND [ARGUMENT]...\n", stderr);
    return 2;
  }
  if (xbz_set_limit(seconds) == 0)
    (void)execvp(argv[3], argv + 3);
  perror(argv[3]);
  return 2;
}
