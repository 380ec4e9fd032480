/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* Test data. Paths are relative to the root of the repository. */
#ifndef XBZ_TESTS_FILE_H
#define XBZ_TESTS_FILE_H

#include <stddef.h>
#include <stdint.h>

typedef struct xbz_file {
  uint8_t *bytes; /* followed by a NUL, so that text is a string */
  size_t len;
} xbz_file;

/* The whole file, to be freed; ends the program if there is none. */
xbz_file xbz_file_read(const char *path);

/*
 * Call visit with each file of the folder whose name ends in ".bin", and its
 * name. Returns how many there were.
 */
size_t xbz_file_each(const char *folder,
                     void (*visit)(const char *name, const xbz_file *file));

#endif
