/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Migrations of guests that really run: threads that write all the while, by
 * each workload, told of by each tracker; with caches of any size that change,
 * cancellations and cut connections. Each ends equal, or says why not.
 *
 * Usage: workload_test [SEED [COUNT]]
 */
#include "pipe.h"
#include "src/host/guest/load.h"
#include "src/host/guest/tracker.h"
#include "src/host/migrate/migrate.h"
#include "tests/codec/check.h"
#include "tests/codec/random.h"

#define XBZ_PAGE 4096u

static const xbz_wishes xbz_all = {
    .delta = true, .base_digest = true, .compress = true};

typedef struct xbz_scene {
  xbz_random random;
  xbz_guest guest;
  xbz_control control;
  xbz_migration *migration;
  xbz_arrival *arrival;
  xbz_link far;
  xbz_ending sender, receiver;
  xbz_error sender_error, receiver_error;
  uint64_t sizes[2]; /* of the cache, one after the other, while it runs */
  bool cancel;
} xbz_scene;

static bool xbz_one_in(xbz_random *random, size_t n) {
  return xbz_random_below(random, n) == 0;
}

/* The trackers that this machine offers. */
static const char *xbz_offered[2];
static size_t xbz_offered_count;

static void xbz_find_trackers(void) {
  const char *name = NULL;
  for (size_t i = 0; (name = xbz_tracker_name(i)) != NULL; i++) {
    const xbz_load_options options = {XBZ_PAGE, 1, "words", name, 1, 1, 1};
    xbz_guest guest;
    xbz_error error;
    if (!xbz_load_guest_new(&guest, &options, &error)) {
      printf("%s: NOT TESTED: %s\n", name, error.text);
      continue;
    }
    XBZ_CHECK(xbz_offered_count < 2);
    xbz_offered[xbz_offered_count++] = name;
    xbz_load_guest_free(&guest);
  }
}

static void xbz_scene_guest(xbz_scene *scene) {
  xbz_random *random = &scene->random;
  xbz_load_options options = {.page_len = XBZ_PAGE, .seed = random->state};
  size_t loads = 0;
  while (xbz_load_at(loads) != NULL)
    loads++;
  XBZ_CHECK(loads > 0 && xbz_offered_count > 0);
  options.load = xbz_load_at(xbz_random_below(random, loads))->name;
  options.tracker = xbz_offered[xbz_random_below(random, xbz_offered_count)];
  options.pages = 3 + xbz_random_below(random, 100);
  options.threads = 1 + xbz_random_below(random, 3);
  options.rate =
      xbz_one_in(random, 3) ? 0 : 1000 + (double)xbz_random_below(random, 9999);
  XBZ_CHECK(xbz_load_guest_new(&scene->guest, &options, &scene->sender_error));
}

static uint64_t xbz_scene_size(xbz_scene *scene) {
  const uint64_t most = scene->guest.pages * XBZ_PAGE * 2;
  return xbz_one_in(&scene->random, 5)
             ? 0
             : xbz_random_below(&scene->random, (size_t)most);
}

static void xbz_scene_open(xbz_scene *scene, uint64_t seed) {
  xbz_limits limits = {.rounds = 6};
  memset(scene, 0, sizeof *scene);
  scene->random.state = seed;
  xbz_scene_guest(scene);
  limits.downtime_ms = xbz_one_in(&scene->random, 3) ? 1 : 60000;
  limits.cache_size = xbz_scene_size(scene);
  scene->sizes[0] = xbz_scene_size(scene);
  scene->sizes[1] = xbz_scene_size(scene);
  scene->cancel = xbz_one_in(&scene->random, 8);
  XBZ_CHECK(xbz_control_open(&scene->control, &limits, &scene->sender_error));
  scene->migration = xbz_migration_new(&scene->guest, &scene->control, &xbz_all,
                                       &scene->sender_error);
  scene->arrival = xbz_arrival_new(1 << 20, &xbz_all, &scene->receiver_error);
  XBZ_CHECK(scene->migration != NULL && scene->arrival != NULL);
}

static void xbz_scene_close(xbz_scene *scene) {
  xbz_migration_free(scene->migration);
  xbz_arrival_free(scene->arrival);
  xbz_load_guest_free(&scene->guest);
  xbz_control_close(&scene->control);
}

static void *xbz_scene_receive(void *self) {
  xbz_scene *scene = self;
  scene->receiver =
      xbz_arrival_receive(scene->arrival, &scene->far, &scene->receiver_error);
  scene->far.close(scene->far.self);
  return NULL;
}

/* Whoever steers it, whenever that is. */
static void *xbz_scene_steer(void *self) {
  xbz_scene *scene = self;
  for (size_t i = 0; i < 2; i++) {
    xbz_limits limits = xbz_control_limits(&scene->control);
    limits.cache_size = scene->sizes[i];
    xbz_control_set(&scene->control, &limits);
    (void)xbz_control_info(&scene->control);
  }
  if (scene->cancel)
    xbz_control_cancel(&scene->control);
  return NULL;
}

static void xbz_scene_connect(xbz_scene *scene, uint64_t cut) {
  xbz_faults faults = xbz_no_faults;
  xbz_pipe pipe;
  xbz_link near;
  pthread_t threads[2];
  faults.cut = cut;
  xbz_pipe_open(&pipe, &faults, &xbz_no_faults);
  near = xbz_pipe_link(&pipe, 0);
  scene->far = xbz_pipe_link(&pipe, 1);
  scene->sender_error.text[0] = scene->receiver_error.text[0] = '\0';
  XBZ_CHECK(pthread_create(&threads[0], NULL, xbz_scene_receive, scene) == 0);
  XBZ_CHECK(pthread_create(&threads[1], NULL, xbz_scene_steer, scene) == 0);
  scene->sender =
      xbz_migration_send(scene->migration, &near, &scene->sender_error);
  near.close(near.self);
  XBZ_CHECK(pthread_join(threads[0], NULL) == 0);
  XBZ_CHECK(pthread_join(threads[1], NULL) == 0);
  xbz_pipe_close(&pipe);
}

static void xbz_scene_check(const xbz_scene *scene) {
  const xbz_guest *guest = &scene->guest;
  const bool equal = scene->sender == XBZ_END_EQUAL;
  uint64_t len = 0;
  const uint8_t *memory = xbz_arrival_memory(scene->arrival, &len);
  XBZ_CHECK((memory != NULL) == (scene->receiver == XBZ_END_EQUAL));
  XBZ_CHECK(!equal || memory != NULL);
  XBZ_CHECK(equal || scene->sender_error.text[0] != '\0');
  if (equal)
    for (uint64_t p = 0; p < guest->pages; p++)
      XBZ_CHECK_BYTES(memory + p * XBZ_PAGE, guest->page(guest->self, p),
                      XBZ_PAGE);
  if (!equal && scene->sender != XBZ_END_LOST)
    XBZ_CHECK(scene->sender == XBZ_END_CANCELLED ||
              strstr(scene->sender_error.text, "not converged") != NULL);
}

/* The first connections may be cut; the last one is not. */
static xbz_ending xbz_scene_play(uint64_t seed, bool *cut) {
  xbz_scene scene;
  size_t cuts = 0;
  xbz_scene_open(&scene, seed);
  cuts = xbz_one_in(&scene.random, 2) ? xbz_random_below(&scene.random, 3) : 0;
  do {
    /* Much of what is sent may be short: zeros and deltas. */
    const size_t len = (size_t)1 << (5 + xbz_random_below(&scene.random, 14));
    xbz_scene_connect(&scene, cuts > 0 ? xbz_random_below(&scene.random, len)
                                       : XBZ_NEVER);
    xbz_scene_check(&scene);
    XBZ_CHECK(scene.sender != XBZ_END_LOST || cuts > 0);
    *cut |= scene.sender == XBZ_END_LOST;
    cuts -= cuts > 0;
  } while (scene.sender == XBZ_END_LOST);
  xbz_scene_close(&scene);
  return scene.sender;
}

int main(int argc, char **argv) {
  const uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
  const size_t count = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 1000;
  size_t ended[XBZ_END_FAILED + 1] = {0}, cuts = 0;
  xbz_find_trackers();
  for (size_t i = 0; i < count; i++) {
    bool cut = false;
    xbz_note(0, "seed", seed);
    xbz_note(1, "migration", i);
    ended[xbz_scene_play(seed * 1000003 + i, &cut)]++;
    cuts += cut;
  }
  printf("%zu equal, %zu cancelled, %zu without end, %zu were cut\n",
         ended[XBZ_END_EQUAL], ended[XBZ_END_CANCELLED], ended[XBZ_END_FAILED],
         cuts);
  XBZ_CHECK(ended[XBZ_END_EQUAL] > 0 && ended[XBZ_END_CANCELLED] > 0);
  XBZ_CHECK(ended[XBZ_END_FAILED] > 0 && cuts > 0);
  return 0;
}
