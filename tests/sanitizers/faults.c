/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* faults NAME: do what a sanitizer has to find; exit status 0 if none does. */
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int xbz_shared;

static void *xbz_add(void *self) {
  (void)self;
  for (int i = 0; i < 1000; i++)
    xbz_shared++;
  return NULL;
}

static int xbz_race(void) {
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    if (pthread_create(&threads[i], NULL, xbz_add, NULL) != 0)
      return 2;
  for (int i = 0; i < 2; i++)
    (void)pthread_join(threads[i], NULL);
  return 0;
}

static int xbz_overrun(void) {
  /* So that the compiler does not see how long it is. */
  char *volatile hidden = calloc(16, 1);
  char *bytes = hidden;
  if (bytes == NULL)
    return 2;
  volatile char beyond = bytes[16];
  free(bytes);
  return beyond == 1 ? 2 : 0;
}

static int xbz_overflow(void) {
  volatile int most = INT_MAX;
  most = most + 1;
  return most == 0 ? 2 : 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "race") == 0)
    return xbz_race();
  if (argc == 2 && strcmp(argv[1], "overrun") == 0)
    return xbz_overrun();
  if (argc == 2 && strcmp(argv[1], "overflow") == 0)
    return xbz_overflow();
  return argc == 2 && strcmp(argv[1], "none") == 0 ? 0 : 2;
}
