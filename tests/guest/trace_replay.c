/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "trace_replay.h"

#include "src/host/guest/tracker.h"
#include "tests/codec/check.h"
#include "trace_model.h"

static bool xbz_read_piece(uint8_t *dst, size_t cap, size_t *len,
                           const xbz_source *source, xbz_error *error) {
  const xbz_trace_bytes *it = source->context;
  xbz_memory memory = {it->bytes, it->len};
  xbz_source whole;
  xbz_memory_source(&whole, source->name, &memory);
  whole.offset = source->offset;
  if (it->piece > 0 && cap > it->piece)
    cap = it->piece;
  return whole.read(dst, cap, len, &whole, error);
}

static bool xbz_bytes_rewind(void *self, xbz_source *source, xbz_error *error) {
  (void)error;
  *source = (xbz_source){"trace", 0, xbz_read_piece, self};
  return true;
}

static void xbz_bytes_close(void *self) { (void)self; }

xbz_trace_input xbz_trace_bytes_input(xbz_trace_bytes *it) {
  return (xbz_trace_input){it, xbz_bytes_rewind, xbz_bytes_close};
}

/* All pages and the bitmap, after the round that both have just read. */
static void xbz_check_pages(const xbz_guest *guest, const uint64_t *dirty,
                            const xbz_trace_model *model) {
  static const uint8_t zeros[XBZ_MODEL_PAGE];
  XBZ_CHECK(model->count <= guest->pages);
  for (uint64_t i = 0; i < guest->pages; i++) {
    bool there = i < model->count;
    xbz_note(1, "page", i);
    XBZ_CHECK_EQ(xbz_bitmap_get(dirty, i), there && model->pages[i].written);
    XBZ_CHECK_BYTES(guest->page(guest->self, i),
                    there ? model->pages[i].bytes : zeros, XBZ_MODEL_PAGE);
  }
}

void xbz_trace_check_replay(const xbz_guest *guest, const uint8_t *bytes,
                            size_t len) {
  size_t words = (size_t)xbz_bitmap_words(guest->pages);
  uint64_t *dirty = calloc(words, sizeof *dirty);
  xbz_trace_model model;
  xbz_error error;
  XBZ_CHECK(dirty != NULL);
  XBZ_CHECK_EQ(guest->page_len, XBZ_MODEL_PAGE);
  XBZ_CHECK(xbz_trace_model_open(&model, bytes, len));
  while (model.round < model.rounds) {
    xbz_note(0, "round", model.round);
    XBZ_CHECK(xbz_trace_model_round(&model));
    memset(dirty, 0, words * sizeof *dirty);
    XBZ_CHECK(guest->sync(guest->self, dirty, &error));
    xbz_check_pages(guest, dirty, &model);
  }
  XBZ_CHECK_EQ(model.count, guest->pages);
  memset(dirty, 0, words * sizeof *dirty);
  XBZ_CHECK(guest->sync(guest->self, dirty, &error));
  for (size_t i = 0; i < words; i++)
    XBZ_CHECK(dirty[i] == 0);
  xbz_trace_model_close(&model);
  free(dirty);
}

bool xbz_trace_check(xbz_trace_bytes *it) {
  static const char start[] = "trace: at offset ";
  xbz_trace_input input = xbz_trace_bytes_input(it);
  bool valid = xbz_trace_model_valid(it->bytes, it->len);
  xbz_guest guest;
  xbz_error error;
  XBZ_CHECK_EQ(xbz_trace_guest_new(&guest, &input, &error), valid);
  if (valid) {
    xbz_trace_check_replay(&guest, it->bytes, it->len);
    xbz_trace_guest_free(&guest);
  } else {
    XBZ_CHECK(strncmp(error.text, start, strlen(start)) == 0);
    XBZ_CHECK(strtoul(error.text + strlen(start), NULL, 10) <= it->len);
  }
  return valid;
}
