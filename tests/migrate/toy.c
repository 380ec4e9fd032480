/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "toy.h"

#include "tests/codec/check.h"

static size_t xbz_toy_words(const xbz_toy *toy) {
  return (size_t)((toy->guest.pages + 63) / 64);
}

/* Few bytes mostly, so that deltas are worth while; at times a whole page, with
   bytes that do or do not compress, or zero. */
static void xbz_toy_scribble(xbz_toy *toy, uint8_t *page) {
  const size_t len = toy->guest.page_len;
  const size_t how = xbz_random_below(&toy->random, 10);
  if (how == 0)
    memset(page, 0, len);
  else if (how == 1)
    memset(page, xbz_random_byte(&toy->random), len);
  else if (how == 2)
    for (size_t i = 0; i < len; i++)
      page[i] = xbz_random_byte(&toy->random);
  else
    page[xbz_random_below(&toy->random, len)] = xbz_random_byte(&toy->random);
}

static void xbz_toy_write(xbz_toy *toy) {
  const size_t p = xbz_random_below(&toy->random, (size_t)toy->guest.pages);
  xbz_toy_scribble(toy, toy->memory + p * toy->guest.page_len);
  toy->written[p / 64] |= UINT64_C(1) << (p % 64);
}

/* One byte, never the same, of each page. */
static void xbz_toy_touch(xbz_toy *toy) {
  for (uint64_t p = 0; p < toy->guest.pages; p++) {
    toy->memory[p * toy->guest.page_len] = (uint8_t)(toy->syncs + 1);
    toy->written[p / 64] |= UINT64_C(1) << (p % 64);
  }
}

static void xbz_toy_writes(xbz_toy *toy) {
  if (toy->everywhere)
    xbz_toy_touch(toy);
  else
    for (size_t i = xbz_random_below(&toy->random, toy->writes + 1); i > 0; i--)
      xbz_toy_write(toy);
}

static bool xbz_toy_sync(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_toy *toy = self;
  (void)error;
  if (!toy->paused && toy->syncs++ < toy->calm_from)
    xbz_toy_writes(toy);
  for (size_t i = 0; i < xbz_toy_words(toy); i++) {
    dirty[i] |= toy->mute ? 0 : toy->written[i];
    toy->written[i] = 0;
  }
  return true;
}

static void xbz_toy_act_now(xbz_toy *toy, const xbz_toy_act *act) {
  xbz_limits limits = xbz_control_limits(toy->control);
  limits.cache_size = act->cache_size;
  if (act->cancel)
    xbz_control_cancel(toy->control);
  else
    xbz_control_set(toy->control, &limits);
}

static const uint8_t *xbz_toy_page(void *self, uint64_t page_no) {
  xbz_toy *toy = self;
  XBZ_CHECK(page_no < toy->guest.pages);
  toy->looks++;
  for (size_t i = 0; i < XBZ_TOY_ACTS; i++)
    if (toy->acts[i].look == toy->looks)
      xbz_toy_act_now(toy, &toy->acts[i]);
  if (!toy->paused && !toy->everywhere && toy->syncs < toy->calm_from &&
      xbz_random_below(&toy->random, 4) == 0)
    xbz_toy_write(toy);
  return toy->memory + page_no * toy->guest.page_len;
}

static bool xbz_toy_pause(void *self, xbz_error *error) {
  xbz_toy *toy = self;
  (void)error;
  XBZ_CHECK(!toy->paused);
  toy->paused = true;
  return true;
}

static bool xbz_toy_resume(void *self, xbz_error *error) {
  xbz_toy *toy = self;
  (void)error;
  XBZ_CHECK(toy->paused);
  toy->paused = false;
  return true;
}

void xbz_toy_open(xbz_toy *toy, xbz_control *control, uint64_t seed,
                  size_t page_len, uint64_t pages) {
  memset(toy, 0, sizeof *toy);
  toy->guest =
      (xbz_guest){toy,          page_len,      pages,         xbz_toy_sync,
                  xbz_toy_page, xbz_toy_pause, xbz_toy_resume};
  toy->control = control;
  toy->random.state = seed;
  toy->memory = calloc((size_t)pages, page_len);
  toy->written = calloc(xbz_toy_words(toy), sizeof *toy->written);
  XBZ_CHECK(toy->memory != NULL && toy->written != NULL);
  for (uint64_t p = 0; p < pages; p++)
    xbz_toy_scribble(toy, toy->memory + p * page_len);
}

void xbz_toy_close(xbz_toy *toy) {
  free(toy->memory);
  free(toy->written);
}
