/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * The recording of a real program is replayed as the model says, from its
 * packed file and from memory; damaged ones are rejected, and it is said where.
 */
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "src/host/guest/tracker.h"
#include "tests/codec/check.h"
#include "tests/codec/file.h"
#include "tests/codec/random.h"
#include "trace_replay.h"

static const char xbz_recording[] = "corpus/traces/postgresql.pgt.zst";

enum {
  XBZ_UNPACKED_MAX = 1 << 22,
  XBZ_HEADER = 128,
  XBZ_ROUND_1 = XBZ_HEADER + 32, /* where the first record is */
  XBZ_DAMAGES = 300,
  XBZ_WORDS = 4, /* of a bitmap of the recording */
};

static xbz_error xbz_said;
static uint8_t xbz_plain[XBZ_UNPACKED_MAX];
static size_t xbz_plain_len;

static void xbz_put_file(const char *path, const uint8_t *bytes, size_t len) {
  FILE *file = fopen(path, "wb");
  XBZ_CHECK(file != NULL && fwrite(bytes, 1, len, file) == len);
  XBZ_CHECK(fclose(file) == 0);
}

/* A name for a file of this test alone. */
static const char *xbz_scratch(void) {
  static char path[4096];
  const char *folder = getenv("TEST_TMPDIR");
  XBZ_CHECK(snprintf(path, sizeof path, "%s/trace-%d",
                     folder == NULL ? "/tmp" : folder,
                     (int)getpid()) < (int)sizeof path);
  return path;
}

static bool xbz_open_file(xbz_guest *guest, const char *path) {
  xbz_trace_input input;
  XBZ_CHECK(xbz_trace_file_open(&input, path, &xbz_said));
  return xbz_trace_guest_new(guest, &input, &xbz_said);
}

static void xbz_check_file(const char *path) {
  xbz_guest guest;
  xbz_check_subject = path;
  XBZ_CHECK(xbz_open_file(&guest, path));
  xbz_trace_check_replay(&guest, xbz_plain, xbz_plain_len);
  xbz_trace_guest_free(&guest);
}

/* Bytes as a file: rejected, and this is said of it. */
static void xbz_refuse_file(const uint8_t *bytes, size_t len,
                            const char *said) {
  xbz_guest guest;
  xbz_check_subject = said;
  xbz_put_file(xbz_scratch(), bytes, len);
  XBZ_CHECK(!xbz_open_file(&guest, xbz_scratch()));
  XBZ_CHECK(strncmp(xbz_said.text, xbz_scratch(), strlen(xbz_scratch())) == 0);
  XBZ_CHECK(strstr(xbz_said.text, said) != NULL);
}

/* Packed in one frame, in two, and not at all; then damaged. */
static void xbz_try_files(const xbz_file *packed) {
  size_t half = xbz_plain_len / 2, room = ZSTD_compressBound(half + 1);
  uint8_t *two = malloc(2 * room);
  xbz_guest guest;
  XBZ_CHECK(two != NULL);
  size_t first = ZSTD_compress(two, room, xbz_plain, half, 1);
  size_t second = ZSTD_compress(two + first, room, xbz_plain + half,
                                xbz_plain_len - half, 1);
  xbz_check_file(xbz_recording);
  xbz_put_file(xbz_scratch(), two, first + second);
  xbz_check_file(xbz_scratch());
  xbz_put_file(xbz_scratch(), xbz_plain, xbz_plain_len);
  xbz_check_file(xbz_scratch());
  xbz_refuse_file(packed->bytes, packed->len / 2, "ends within a frame");
  xbz_refuse_file(packed->bytes, 3, "at offset 3: ends within its header");
  xbz_refuse_file(packed->bytes, 0, "empty, or not a file");
  xbz_refuse_file(two, first, "at offset ");
  two[first] ^= 0xff;
  xbz_refuse_file(two, first + second, "at packed offset ");
  XBZ_CHECK(unlink(xbz_scratch()) == 0);
  XBZ_CHECK(!xbz_open_file(&guest, xbz_scratch()));
  XBZ_CHECK(strstr(xbz_said.text, "cannot open") != NULL);
  free(two);
}

/* A copy with some bytes changed is rejected for this. */
static void xbz_refuse(size_t at, const char *bytes, size_t len,
                       const char *said) {
  uint8_t *wrong = malloc(xbz_plain_len);
  xbz_trace_bytes it = {wrong, xbz_plain_len, 0};
  xbz_trace_input input = xbz_trace_bytes_input(&it);
  xbz_guest guest;
  xbz_check_subject = said;
  XBZ_CHECK(wrong != NULL);
  memcpy(wrong, xbz_plain, xbz_plain_len);
  memcpy(wrong + at, bytes, len);
  XBZ_CHECK(!xbz_trace_check(&it));
  XBZ_CHECK(!xbz_trace_guest_new(&guest, &input, &xbz_said));
  XBZ_CHECK(strcmp(xbz_said.text, said) == 0);
  free(wrong);
}

static void xbz_try_refusals(void) {
  const size_t second = XBZ_ROUND_1 + 16;
  xbz_refuse(7, "2", 1, "trace: at offset 0: not a PGTRACE1 recording");
  xbz_refuse(9, "\x20", 1,
             "trace: at offset 8: pages of another size than 4096 bytes");
  xbz_refuse(12, "\0", 1, "trace: at offset 12: no rounds");
  xbz_refuse(12, "\4", 1,
             "trace: at offset 1279776: goes on after its last round");
  xbz_refuse(12, "\6", 1,
             "trace: at offset 1390992: ends where a round is due");
  xbz_refuse(XBZ_HEADER, "r", 1, "trace: at offset 128: no round starts here");
  xbz_refuse(XBZ_HEADER + 4, "\1", 1,
             "trace: at offset 132: not the next round");
  xbz_refuse(XBZ_HEADER + 11, "\2", 1,
             "trace: at offset 136: too many records");
  xbz_refuse(second + 8 + 4, "\x1b", 1, "trace: at offset 188: unknown flags");
  xbz_refuse(second, "\0\0\0\0\0\0\0", 8,
             "trace: at offset 176: keys do not ascend");
  xbz_refuse(
      second + 12, "\3", 1,
      "trace: at offset 188: first record of a page, not marked as such");
  xbz_refuse(second + 12, "\x0a", 1,
             "trace: at offset 188: first record of a page, without content");
}

/* Any byte wrong, any length: it is as the model says. */
static void xbz_try_damages(void) {
  uint8_t *wrong = malloc(xbz_plain_len);
  xbz_random dice = {4};
  size_t rejected = 0, damages = xbz_check_count(XBZ_DAMAGES);
  const size_t records = XBZ_ROUND_1 + 208 * 16;
  xbz_check_subject = "damages";
  XBZ_CHECK(wrong != NULL);
  memcpy(wrong, xbz_plain, xbz_plain_len);
  for (size_t i = 0; i < damages; i++) {
    xbz_trace_bytes it = {wrong, xbz_plain_len, 0};
    size_t at = xbz_random_below(&dice, records);
    xbz_note(2, "damage", i);
    if (i % 2 == 0)
      it.len = i % 4 == 0 ? at : xbz_random_below(&dice, it.len);
    else
      wrong[at] ^= (uint8_t)(1 << i / 2 % 8);
    rejected += !xbz_trace_check(&it);
    wrong[at] = xbz_plain[at];
  }
  XBZ_CHECK(rejected > damages / 2);
  free(wrong);
}

static uint64_t xbz_sync_count(const xbz_guest *guest) {
  uint64_t dirty[XBZ_WORDS] = {0}, count = 0;
  XBZ_CHECK(guest->sync(guest->self, dirty, &xbz_said));
  for (uint64_t i = 0; i < guest->pages; i++)
    count += xbz_bitmap_get(dirty, i);
  return count;
}

/* Pausing is a round more, and then nothing moves. */
static void xbz_try_pause(void) {
  xbz_guest guest;
  xbz_check_subject = "pause";
  XBZ_CHECK(xbz_open_file(&guest, xbz_recording));
  XBZ_CHECK_EQ(guest.pages, 223);
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 208);
  XBZ_CHECK(guest.pause(guest.self, &xbz_said));
  XBZ_CHECK(guest.pause(guest.self, &xbz_said));
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 27);
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 0);
  XBZ_CHECK(guest.resume(guest.self, &xbz_said));
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 72);
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 47);
  XBZ_CHECK(guest.pause(guest.self, &xbz_said));
  XBZ_CHECK(guest.resume(guest.self, &xbz_said));
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 37);
  XBZ_CHECK_EQ(xbz_sync_count(&guest), 0);
  xbz_trace_guest_free(&guest);
}

/* A file that changes after it was checked. */
static void xbz_try_change(void) {
  uint8_t *bytes = malloc(xbz_plain_len);
  uint64_t dirty[XBZ_WORDS] = {0};
  xbz_trace_bytes it = {bytes, xbz_plain_len, 0};
  xbz_trace_input input = xbz_trace_bytes_input(&it);
  xbz_guest guest;
  xbz_check_subject = "change";
  XBZ_CHECK(bytes != NULL);
  memcpy(bytes, xbz_plain, xbz_plain_len);
  XBZ_CHECK(xbz_trace_guest_new(&guest, &input, &xbz_said));
  bytes[XBZ_ROUND_1] ^= 1;
  XBZ_CHECK(!guest.sync(guest.self, dirty, &xbz_said));
  XBZ_CHECK(strcmp(xbz_said.text, "trace: at offset 160: has changed since it "
                                  "was checked") == 0);
  xbz_trace_guest_free(&guest);
  free(bytes);
}

int main(void) {
  xbz_file packed = xbz_file_read(xbz_recording);
  xbz_plain_len =
      ZSTD_decompress(xbz_plain, sizeof xbz_plain, packed.bytes, packed.len);
  XBZ_CHECK(!ZSTD_isError(xbz_plain_len));
  for (size_t piece = 0; piece < 5000; piece += 999) {
    xbz_trace_bytes it = {xbz_plain, xbz_plain_len, piece};
    XBZ_CHECK(xbz_trace_check(&it));
  }
  xbz_try_files(&packed);
  xbz_try_refusals();
  xbz_try_damages();
  xbz_try_pause();
  xbz_try_change();
  free(packed.bytes);
  return 0;
}
