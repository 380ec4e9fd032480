/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "race.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "src/host/migrate/inbox.h"
#include "src/host/migrate/migrate.h"
#include "src/host/migrate/socket.h"
#include "src/xbz_backend.h"

/* The first round that is like all others: after the bulk round, and the one
   that fills the cache. */
enum { XBZ_RACE_FIRST = 3 };

/* As much as the engine sends at once. */
enum { XBZ_BATCH = 65536 + XBZ_WIRE_HEAD };

typedef struct xbz_track {
  const xbz_race_plan *plan;
  xbz_backend best;
  uint8_t *memory;                /* the guest's */
  uint8_t *kept[XBZ_RACER_COUNT]; /* its pages as they were sent last */
  uint8_t batch[XBZ_BATCH];       /* to be sent */
  xbz_link link;                  /* to someone who listens to anything */
  size_t rounds;                  /* of the engine, begun */
  uint64_t began, sent_before;    /* of the engine's round */
  xbz_control control;
  double ns[XBZ_RACER_COUNT][XBZ_RACE_ROUNDS_MAX];
  double sent;     /* bytes of a page, in the engine's last round */
  xbz_error error; /* empty: none */
} xbz_track;

/* Nanoseconds of this thread: what others do on the machine is not in it. */
static uint64_t xbz_now(void) {
  struct timespec now = {0, 0};
  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static size_t xbz_memory_len(const xbz_track *track) {
  return track->plan->pages * XBZ_RACE_PAGE;
}

static bool xbz_track_send(xbz_track *track, size_t len) {
  return track->link.send(track->link.self, track->batch, len, &track->error);
}

/* Copy every page, and send as many bytes as the engine has. */
static bool xbz_run_copy(xbz_track *track, uint64_t bytes) {
  uint8_t *kept = track->kept[XBZ_RACER_COPY];
  for (size_t at = 0; at < xbz_memory_len(track); at += XBZ_RACE_PAGE)
    memcpy(kept + at, track->memory + at, XBZ_RACE_PAGE);
  for (; bytes > 0; bytes -= bytes < XBZ_BATCH ? bytes : XBZ_BATCH)
    if (!xbz_track_send(track, bytes < XBZ_BATCH ? bytes : XBZ_BATCH))
      return false;
  return true;
}

/* One message into the batch; one that does not fit is a raw page. */
static size_t xbz_run_page(xbz_track *track, xbz_backend backend, uint8_t *kept,
                           size_t page, uint8_t *dst) {
  const uint8_t *live = track->memory + page * XBZ_RACE_PAGE;
  uint8_t *old = kept + page * XBZ_RACE_PAGE;
  xbz_wire_head head = {page, 0, XBZ_KIND_DELTA};
  size_t len = 0;
  int zero = 0;
  xbz_status status =
      xbz_page_encode_update_with(backend, dst + XBZ_WIRE_HEAD, XBZ_RACE_PAGE,
                                  &len, &zero, old, live, XBZ_RACE_PAGE);
  if (status == XBZ_UNCHANGED)
    return 0;
  if (status != XBZ_OK) {
    memcpy(dst + XBZ_WIRE_HEAD, old, XBZ_RACE_PAGE);
    head.kind = XBZ_KIND_RAW;
    len = XBZ_RACE_PAGE;
  }
  head.len = (uint32_t)len;
  xbz_wire_head_put(dst, head);
  return XBZ_WIRE_HEAD + len;
}

static bool xbz_run_encoder(xbz_track *track, xbz_racer racer) {
  const xbz_backend backend =
      racer == XBZ_RACER_REF ? XBZ_BACKEND_REF : track->best;
  size_t len = 0;
  for (size_t p = 0; p < track->plan->pages; p++) {
    if (XBZ_BATCH - len < XBZ_WIRE_HEAD + XBZ_RACE_PAGE) {
      if (!xbz_track_send(track, len))
        return false;
      len = 0;
    }
    len +=
        xbz_run_page(track, backend, track->kept[racer], p, track->batch + len);
  }
  return len == 0 || xbz_track_send(track, len);
}

/* The round of the engine that is over, and the others' turns. */
static bool xbz_lap(xbz_track *track, uint64_t ended) {
  const uint64_t sent = xbz_control_info(&track->control).transferred;
  const double pages = (double)track->plan->pages;
  double *into[XBZ_RACER_COUNT];
  uint64_t at = 0;
  for (size_t r = 0; r < XBZ_RACER_COUNT; r++)
    into[r] = &track->ns[r][track->rounds - XBZ_RACE_FIRST];
  track->sent = (double)(sent - track->sent_before) / pages;
  *into[XBZ_RACER_ENGINE] = (double)(ended - track->began) / pages;
  at = xbz_now();
  if (!xbz_run_copy(track, sent - track->sent_before))
    return false;
  *into[XBZ_RACER_COPY] = (double)(xbz_now() - at) / pages;
  for (size_t r = XBZ_RACER_REF; r <= XBZ_RACER_BEST; r++) {
    at = xbz_now();
    if (!xbz_run_encoder(track, (xbz_racer)r))
      return false;
    *into[r] = (double)(xbz_now() - at) / pages;
  }
  return true;
}

static void xbz_change(xbz_track *track) {
  for (size_t at = 0; at < xbz_memory_len(track); at += XBZ_RACE_PAGE)
    for (size_t i = 0; i < XBZ_RACE_PAGE; i += track->plan->step)
      track->memory[at + i]++;
}

/* All begin with what the engine has in its cache. */
static void xbz_fill(xbz_track *track) {
  for (size_t r = 0; r < XBZ_RACER_COUNT; r++)
    memcpy(track->kept[r], track->memory, xbz_memory_len(track));
}

/* Called between two rounds of the engine. */
static bool xbz_track_sync(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_track *track = self;
  const uint64_t ended = xbz_now();
  if (track->rounds >= XBZ_RACE_FIRST && !xbz_lap(track, ended)) {
    *error = track->error;
    return false;
  }
  track->rounds++;
  if (track->rounds == XBZ_RACE_FIRST)
    xbz_fill(track);
  xbz_change(track);
  memset(dirty, 0xff, (track->plan->pages + 63) / 64 * sizeof *dirty);
  track->sent_before = xbz_control_info(&track->control).transferred;
  track->began = xbz_now();
  return true;
}

static const uint8_t *xbz_track_page(void *self, uint64_t page_no) {
  const xbz_track *track = self;
  return track->memory + page_no * XBZ_RACE_PAGE;
}

static bool xbz_track_stand(void *self, xbz_error *error) {
  (void)self;
  (void)error;
  return true;
}

/* A receiver that believes everything, and does nothing with it. */
typedef struct xbz_believer {
  pthread_t thread;
  xbz_link link;
} xbz_believer;

static bool xbz_believe(const xbz_link *link, const xbz_wire *record,
                        xbz_inbox *inbox, xbz_verdict *verdict) {
  uint8_t bytes[XBZ_WIRE_HEAD + XBZ_WIRE_HELLO_LEN];
  xbz_wire_head head = record->head;
  size_t len = XBZ_WIRE_HEAD;
  xbz_hello hello;
  if (head.kind == XBZ_WIRE_ROUND) {
    head.kind = XBZ_WIRE_ACK;
  } else if (head.kind == XBZ_WIRE_HELLO &&
             xbz_hello_get(&hello, record->bytes)) {
    head.kind = XBZ_WIRE_WELCOME;
    memcpy(bytes + len, record->bytes, XBZ_WIRE_HELLO_LEN);
    len += XBZ_WIRE_HELLO_LEN;
    if (!xbz_inbox_agree(inbox, hello.page_len, verdict))
      return false;
  } else {
    return true;
  }
  xbz_wire_head_put(bytes, head);
  return link->send(link->self, bytes, len, verdict->error);
}

static void *xbz_believer_run(void *self) {
  xbz_believer *believer = self;
  xbz_error error;
  xbz_verdict verdict = {XBZ_END_EQUAL, &error};
  xbz_inbox inbox;
  xbz_wire record;
  if (xbz_inbox_open(&inbox, &believer->link, &verdict)) {
    while (xbz_inbox_next(&inbox, &record, &verdict) &&
           xbz_believe(&believer->link, &record, &inbox, &verdict))
      ;
    xbz_inbox_close(&inbox);
  }
  believer->link.close(believer->link.self);
  return NULL;
}

static void *xbz_drain_run(void *self) {
  xbz_believer *drain = self;
  static uint8_t bytes[XBZ_BATCH];
  size_t len = 1;
  xbz_error error;
  while (len > 0 &&
         drain->link.recv(drain->link.self, bytes, sizeof bytes, &len, &error))
    ;
  drain->link.close(drain->link.self);
  return NULL;
}

/* A link to someone who listens in a thread of its own. */
static bool xbz_listener_start(xbz_believer *far, xbz_link *near,
                               void *(*run)(void *), xbz_error *error) {
  const xbz_link_options options = {-1, -1};
  int fds[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
    return xbz_fail(error, "cannot make a socket");
  if (!xbz_link_adopt(near, fds[0], &options, error)) {
    (void)close(fds[1]);
    return false;
  }
  if (xbz_link_adopt(&far->link, fds[1], &options, error)) {
    if (pthread_create(&far->thread, NULL, run, far) == 0)
      return true;
    (void)xbz_fail(error, "cannot start a thread");
    far->link.close(far->link.self);
  }
  near->close(near->self);
  return false;
}

static bool xbz_track_engine(xbz_track *track, xbz_error *error) {
  const xbz_wishes wishes = {.delta = true, .backend = xbz_backend_detect()};
  xbz_guest guest = {track,          XBZ_RACE_PAGE,  track->plan->pages,
                     xbz_track_sync, xbz_track_page, xbz_track_stand,
                     xbz_track_stand};
  xbz_migration *migration =
      xbz_migration_new(&guest, &track->control, &wishes, error);
  xbz_believer believer = {0};
  xbz_link link;
  bool done = false;
  if (migration != NULL &&
      xbz_listener_start(&believer, &link, xbz_believer_run, error)) {
    /* It never stands still; so it ends after the last round that it may. */
    (void)xbz_migration_send(migration, &link, error);
    done = track->rounds == track->plan->rounds + XBZ_RACE_FIRST &&
           track->error.text[0] == '\0';
    link.close(link.self);
    (void)pthread_join(believer.thread, NULL);
  }
  xbz_migration_free(migration);
  return done;
}

static bool xbz_track_listen(xbz_track *track, xbz_error *error) {
  xbz_believer drain = {0};
  if (!xbz_listener_start(&drain, &track->link, xbz_drain_run, error))
    return false;
  bool done = xbz_track_engine(track, error);
  track->link.close(track->link.self);
  (void)pthread_join(drain.thread, NULL);
  return done;
}

static bool xbz_track_run(xbz_track *track, xbz_error *error) {
  const xbz_limits limits = {.cache_size = xbz_memory_len(track),
                             .cache_ways = track->plan->ways,
                             .rounds =
                                 track->plan->rounds + XBZ_RACE_FIRST - 1};
  bool memory = (track->memory = aligned_alloc(XBZ_RACE_PAGE,
                                               xbz_memory_len(track))) != NULL;
  for (size_t r = 0; r < XBZ_RACER_COUNT; r++)
    memory &= (track->kept[r] =
                   aligned_alloc(XBZ_RACE_PAGE, xbz_memory_len(track))) != NULL;
  if (!memory)
    return xbz_fail(error, "no memory for %zu pages", track->plan->pages);
  memset(track->memory, 1, xbz_memory_len(track));
  if (!xbz_control_open(&track->control, &limits, error))
    return false;
  bool done = xbz_track_listen(track, error);
  xbz_control_close(&track->control);
  return done;
}

static int xbz_compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

bool xbz_race(xbz_race_result *result, const xbz_race_plan *plan,
              xbz_error *error) {
  xbz_track *track = calloc(1, sizeof *track);
  if (track == NULL)
    return xbz_fail(error, "no memory");
  track->plan = plan;
  track->best = xbz_backend_detect();
  bool done = xbz_track_run(track, error);
  for (size_t r = 0; r < XBZ_RACER_COUNT; r++) {
    qsort(track->ns[r], plan->rounds, sizeof track->ns[r][0], xbz_compare);
    result->ns[r] = track->ns[r][plan->rounds / 10];
    free(track->kept[r]);
  }
  result->sent = track->sent;
  free(track->memory);
  free(track);
  return done;
}
