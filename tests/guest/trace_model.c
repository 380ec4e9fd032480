/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "trace_model.h"

#include "tests/codec/check.h"

enum {
  XBZ_HEADER = 128,
  XBZ_ROUND = 32,
  XBZ_RECORD = 16,
  XBZ_CHANGED = 1,
  XBZ_ZERO = 4,
  XBZ_FIRST = 8,
};

static uint32_t xbz_u32(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
         (uint32_t)at[3] << 24;
}

static uint64_t xbz_u64(const uint8_t *at) {
  return xbz_u32(at) | (uint64_t)xbz_u32(at + 4) << 32;
}

bool xbz_trace_model_open(xbz_trace_model *model, const uint8_t *trace,
                          size_t len) {
  *model = (xbz_trace_model){.trace = trace, .len = len, .at = XBZ_HEADER};
  if (len < XBZ_HEADER || memcmp(trace, "PGTRACE1", 8) != 0 ||
      xbz_u32(trace + 8) != XBZ_MODEL_PAGE)
    return false;
  model->rounds = xbz_u32(trace + 12);
  return model->rounds > 0;
}

void xbz_trace_model_close(xbz_trace_model *model) { free(model->pages); }

/* The page of a record: one that is there, or is now. Null: the record says
   otherwise. */
static xbz_model_page *xbz_page_of(xbz_trace_model *model, uint64_t key,
                                   uint32_t flags) {
  for (size_t i = 0; i < model->count; i++)
    if (model->pages[i].key == key)
      return (flags & XBZ_FIRST) != 0 ? NULL : &model->pages[i];
  if ((flags & XBZ_FIRST) == 0 || (flags & (XBZ_CHANGED | XBZ_ZERO)) == 0)
    return NULL;
  if (model->count == model->room) {
    model->room = 2 * model->room + 8;
    model->pages = realloc(model->pages, model->room * sizeof model->pages[0]);
    XBZ_CHECK(model->pages != NULL);
  }
  xbz_model_page *page = &model->pages[model->count++];
  memset(page, 0, sizeof *page);
  page->key = key;
  return page;
}

/* content is where the next page's is; it moves on where one is used. */
static bool xbz_take_record(xbz_trace_model *model, const uint8_t *record,
                            size_t *content) {
  uint32_t flags = xbz_u32(record + 12);
  if (flags > 15)
    return false;
  xbz_model_page *page = xbz_page_of(model, xbz_u64(record), flags);
  if (page == NULL)
    return false;
  page->written = true;
  if ((flags & XBZ_ZERO) != 0)
    memset(page->bytes, 0, XBZ_MODEL_PAGE);
  else if ((flags & XBZ_CHANGED) != 0) {
    if (model->len - *content < XBZ_MODEL_PAGE)
      return false;
    memcpy(page->bytes, model->trace + *content, XBZ_MODEL_PAGE);
    *content += XBZ_MODEL_PAGE;
  }
  return true;
}

static bool xbz_round_starts(const xbz_trace_model *model) {
  const uint8_t *round = model->trace + model->at;
  return model->len - model->at >= XBZ_ROUND && memcmp(round, "RUND", 4) == 0 &&
         xbz_u32(round + 4) == model->round;
}

bool xbz_trace_model_round(xbz_trace_model *model) {
  const uint8_t *round = model->trace + model->at;
  if (!xbz_round_starts(model))
    return false;
  size_t count = xbz_u32(round + 8);
  if (count > (model->len - model->at - XBZ_ROUND) / XBZ_RECORD)
    return false;
  for (size_t i = 0; i < model->count; i++)
    model->pages[i].written = false;
  const uint8_t *records = round + XBZ_ROUND;
  model->at += XBZ_ROUND + count * XBZ_RECORD;
  for (size_t i = 0; i < count; i++) {
    const uint8_t *record = records + i * XBZ_RECORD;
    if (i > 0 && xbz_u64(record - XBZ_RECORD) >= xbz_u64(record))
      return false;
    if (!xbz_take_record(model, record, &model->at))
      return false;
  }
  model->round++;
  return true;
}

bool xbz_trace_model_valid(const uint8_t *trace, size_t len) {
  xbz_trace_model model;
  bool valid = xbz_trace_model_open(&model, trace, len);
  while (valid && model.round < model.rounds)
    valid = xbz_trace_model_round(&model);
  valid = valid && model.at == len && model.count > 0;
  xbz_trace_model_close(&model);
  return valid;
}
