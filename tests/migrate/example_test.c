/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* The worked example of the specification, byte by byte. */
#include "pipe.h"
#include "src/host/migrate/control.h"
#include "src/host/migrate/migrate.h"
#include "src/host/migrate/wire.h"
#include "tests/codec/check.h"

enum { XBZ_GREETING = XBZ_WIRE_HEAD + XBZ_WIRE_HELLO_LEN };

static uint8_t xbz_memory[] = {0, 0, 0, 0, 1, 2, 3, 4};
static unsigned xbz_syncs;

/* The write comes after the bulk round has read the page. */
static bool xbz_sync(void *self, uint64_t *dirty, xbz_error *error) {
  (void)self;
  (void)error;
  if (xbz_syncs++ == 1) {
    xbz_memory[6] = 0xff;
    *dirty |= 2;
  }
  return true;
}

static const uint8_t *xbz_page(void *self, uint64_t page_no) {
  (void)self;
  return xbz_memory + 4 * page_no;
}

static bool xbz_obey(void *self, xbz_error *error) {
  (void)self;
  (void)error;
  return true;
}

static const uint8_t xbz_forth[] = {
    0,    0,    0,    0,    0,    0,           0,    0,    1,    0,
    0,    0,    0, /* page 0 */
    1,    0,    0,    0,    0,    0,           0,    0,    2,    4,
    0,    0,    0,    1,    2,    3,           4, /* page 1 */
    1,    0,    0,    0,    0,    0,           0,    0,    18,   0,
    0,    0,    0, /* round 1 */
    1,    0,    0,    0,    0,    0,           0,    0,    2,    4,
    0,    0,    0,    1,    2,    255,         4, /* page 1 */
    2,    0,    0,    0,    0,    0,           0,    0,    18,   0,
    0,    0,    0, /* round 2 */
    0,    0,    0,    0,    0,    0,           0,    0,    20,   32,
    0,    0,    0, /* digests */
    0xdf, 0x3f, 0x61, 0x98, 0x04, 0xa9,        0x2f, 0xdb, 0x40, 0x57,
    0x19, 0x2d, 0xc4, 0x3d, 0xd7, 0x48,        0x49, 0xe7, 0xce, 0x77,
    0x15, 0x16, 0xc3, 0xef, 0xcb, 0xf4,        0x2e, 0x98, 0xc1, 0xa1,
    0xf8, 0xc1, 2,    0,    0,    0,           0,    0,    0,    0,
    21,   0,    0,    0,    0,    /* end */ 2, 0,    0,    0,    0,
    0,    0,    0,    23,   0,    0,           0,    0, /* commit */
};

static const uint8_t xbz_back[] = {
    1, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0, 0, /* ack */
    2, 0, 0, 0, 0, 0, 0, 0, 19, 0, 0, 0, 0, /* ack */
    2, 0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 0, 0, /* result */
    2, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 0, /* commit */
};

/* But for the session, which is random. */
static const uint8_t xbz_greeting[] = {
    1, 0, 0,   0,   0,   0,   0,   0,   16,  48, 0,
    0, 0, 'X', 'B', 'Z', 'M', 'I', 'G', 'R', 0,
};
static const uint8_t xbz_shape[] = {4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0,
                                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

static void *xbz_receive(void *self) {
  const xbz_wishes grants = {
      .delta = true, .base_digest = true, .compress = true};
  xbz_error error;
  xbz_arrival *arrival = xbz_arrival_new(8, &grants, &error);
  uint64_t len = 0;
  XBZ_CHECK(arrival != NULL);
  XBZ_CHECK_EQ(xbz_arrival_receive(arrival, self, &error), XBZ_END_EQUAL);
  XBZ_CHECK_BYTES(xbz_arrival_memory(arrival, &len), xbz_memory, 8);
  xbz_arrival_free(arrival);
  return NULL;
}

static void xbz_send(xbz_link *link) {
  const xbz_limits limits = {.downtime_ms = 1000000000, .cache_size = 8};
  const xbz_wishes wishes = {.delta = true};
  xbz_guest guest = {NULL, 4, 2, xbz_sync, xbz_page, xbz_obey, xbz_obey};
  xbz_migration *migration = NULL;
  xbz_control control;
  xbz_error error;
  XBZ_CHECK(xbz_control_open(&control, &limits, &error));
  migration = xbz_migration_new(&guest, &control, &wishes, &error);
  XBZ_CHECK(migration != NULL);
  XBZ_CHECK_EQ(xbz_migration_send(migration, link, &error), XBZ_END_EQUAL);
  xbz_migration_free(migration);
  xbz_control_close(&control);
}

static void xbz_compare(const xbz_pipe *pipe) {
  const xbz_flow *forth = &pipe->flows[0], *back = &pipe->flows[1];
  XBZ_CHECK_EQ(forth->len, XBZ_GREETING + sizeof xbz_forth);
  XBZ_CHECK_BYTES(forth->bytes + XBZ_GREETING, xbz_forth, sizeof xbz_forth);
  XBZ_CHECK_BYTES(forth->bytes, xbz_greeting, sizeof xbz_greeting);
  XBZ_CHECK_BYTES(forth->bytes + XBZ_GREETING - sizeof xbz_shape, xbz_shape,
                  sizeof xbz_shape);
  XBZ_CHECK_EQ(back->len, XBZ_GREETING + sizeof xbz_back);
  XBZ_CHECK_BYTES(back->bytes + XBZ_GREETING, xbz_back, sizeof xbz_back);
  /* Welcome repeats hello, but for its kind. */
  XBZ_CHECK_EQ(back->bytes[8], XBZ_WIRE_WELCOME);
  XBZ_CHECK_BYTES(back->bytes + 9, forth->bytes + 9, XBZ_GREETING - 9);
}

int main(void) {
  xbz_pipe pipe;
  xbz_link near, far;
  pthread_t thread;
  xbz_pipe_open(&pipe, &xbz_no_faults, &xbz_no_faults);
  near = xbz_pipe_link(&pipe, 0);
  far = xbz_pipe_link(&pipe, 1);
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_receive, &far) == 0);
  xbz_send(&near);
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
  near.close(near.self);
  far.close(far.self);
  xbz_compare(&pipe);
  xbz_pipe_close(&pipe);
  return 0;
}
