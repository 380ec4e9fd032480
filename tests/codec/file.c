/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* 64-bit file numbers: else a 32-bit program may be unable to list a folder. */
#define _FILE_OFFSET_BITS 64
#include "file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

xbz_file xbz_file_read(const char *path) {
  FILE *stream = fopen(path, "rb");
  if (stream == NULL)
    perror(path);
  XBZ_CHECK(stream != NULL);
  xbz_file file = {NULL, 0};
  size_t room = 0;
  size_t got = 0;
  do {
    file.len += got;
    room = 2 * file.len + 4096;
    file.bytes = realloc(file.bytes, room);
    XBZ_CHECK(file.bytes != NULL);
    got = fread(file.bytes + file.len, 1, room - file.len - 1, stream);
  } while (got > 0);
  XBZ_CHECK(!ferror(stream));
  XBZ_CHECK(fclose(stream) == 0);
  file.bytes[file.len] = '\0';
  return file;
}

size_t xbz_file_each(const char *folder,
                     void (*visit)(const char *name, const xbz_file *file)) {
  DIR *listing = opendir(folder);
  if (listing == NULL)
    perror(folder);
  XBZ_CHECK(listing != NULL);
  size_t count = 0;
  const struct dirent *entry;
  while ((entry = readdir(listing)) != NULL) {
    const char *suffix = strrchr(entry->d_name, '.');
    if (suffix == NULL || strcmp(suffix, ".bin") != 0)
      continue;
    char path[512];
    int len = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    XBZ_CHECK(len > 0 && (size_t)len < sizeof path);
    xbz_file file = xbz_file_read(path);
    visit(entry->d_name, &file);
    free(file.bytes);
    count++;
  }
  XBZ_CHECK(closedir(listing) == 0);
  return count;
}
