/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The third engine: run a target on files, and on the files in folders, and
 * fail if there were none.
 */
#define _FILE_OFFSET_BITS 64
#include <dirent.h>

#include "fuzz.h"
#include "tests/codec/file.h"

static size_t xbz_replayed;

/* The block has the size of the input: a tool that watches blocks sees what is
   read beyond it. */
static void xbz_replay_file(const char *path) {
  xbz_file file = xbz_file_read(path);
  uint8_t *input = malloc(file.len);
  XBZ_CHECK(input != NULL || file.len == 0);
  if (file.len > 0)
    memcpy(input, file.bytes, file.len);
  free(file.bytes);
  fprintf(stderr, "%s\n", path);
  XBZ_CHECK_EQ(LLVMFuzzerTestOneInput(input, file.len), 0);
  free(input);
  xbz_replayed++;
}

static void xbz_replay_folder(const char *path, DIR *listing) {
  const struct dirent *entry;
  while ((entry = readdir(listing)) != NULL) {
    char inside[4096];
    if (entry->d_name[0] == '.' || strcmp(entry->d_name, "README.md") == 0)
      continue;
    int len = snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
    XBZ_CHECK(len > 0 && (size_t)len < sizeof inside);
    xbz_replay_file(inside);
  }
}

static void xbz_replay(const char *path) {
  DIR *listing = opendir(path);
  if (listing == NULL) {
    xbz_replay_file(path);
    return;
  }
  xbz_replay_folder(path, listing);
  XBZ_CHECK(closedir(listing) == 0);
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    xbz_replay(argv[i]);
  fprintf(stderr, "%zu inputs replayed\n", xbz_replayed);
  return xbz_replayed > 0 ? 0 : 1;
}
