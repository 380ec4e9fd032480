/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Each tracker, by name: it tells the pages that were written, no others, and
 * forgets none, whoever writes meanwhile. One that this machine does not offer
 * is named as not tested; mprotect must work.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "src/host/guest/region.h"
#include "tests/codec/check.h"
#include "tests/codec/random.h"

enum {
  XBZ_PAGES = 2050,
  XBZ_HAMMERS = 2,
  XBZ_STEPS = 1000,
  XBZ_AREAS_MAX = 1 << 18, /* more than the kernel allows, mostly */
};

static xbz_error xbz_said;
static uint64_t xbz_dirty[(XBZ_PAGES + 63) / 64];

static xbz_region xbz_open(const char *tracker, size_t units) {
  xbz_region region;
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  XBZ_CHECK(
      xbz_region_open(&region, units * unit, XBZ_PAGES, tracker, &xbz_said));
  XBZ_CHECK(strcmp(region.tracker.name, tracker) == 0);
  return region;
}

static void xbz_write(const xbz_region *region, uint64_t page, size_t at) {
  uint8_t *byte = region->span.bytes + page * region->span.page_len + at;
  __atomic_fetch_add(byte, 1, __ATOMIC_RELAXED);
}

/* How many pages are dirty. */
static size_t xbz_collect(const xbz_region *region) {
  size_t count = 0;
  memset(xbz_dirty, 0, sizeof xbz_dirty);
  XBZ_CHECK(
      region->tracker.collect(region->tracker.self, xbz_dirty, &xbz_said));
  for (uint64_t i = 0; i < XBZ_PAGES; i++)
    count += xbz_bitmap_get(xbz_dirty, i);
  return count;
}

/* Exactly these pages: the ends, the two sides of a word, a row. */
static void xbz_check_exact(const xbz_region *region) {
  static const uint64_t some[] = {0, 3, 63, 64, 70, 71, 72, XBZ_PAGES - 1};
  const size_t count = sizeof some / sizeof some[0];
  for (size_t i = 0; i < count; i++)
    xbz_write(region, some[i], i % 2 == 0 ? 0 : region->span.page_len - 1);
  XBZ_CHECK_EQ(xbz_collect(region), count);
  for (size_t i = 0; i < count; i++)
    XBZ_CHECK(xbz_bitmap_get(xbz_dirty, some[i]));
}

/* More rows of pages than the kernel tells at once. */
static void xbz_check_rows(const xbz_region *region) {
  for (uint64_t i = 0; i < XBZ_PAGES; i += 2)
    xbz_write(region, i, 0);
  XBZ_CHECK_EQ(xbz_collect(region), XBZ_PAGES / 2);
  for (uint64_t i = 0; i < XBZ_PAGES; i += 2)
    XBZ_CHECK(xbz_bitmap_get(xbz_dirty, i));
}

/* Reading is not writing, also where nothing was ever written. */
static void xbz_check_reads(const xbz_region *region) {
  unsigned sum = 0;
  for (uint64_t i = 0; i < XBZ_PAGES; i++)
    sum += region->span.bytes[i * region->span.page_len];
  XBZ_CHECK(sum > 0);
  XBZ_CHECK_EQ(xbz_collect(region), 0);
}

static void xbz_check_adds(const xbz_region *region) {
  memset(xbz_dirty, 0, sizeof xbz_dirty);
  xbz_bitmap_set(xbz_dirty, 1);
  xbz_write(region, 2, 0);
  XBZ_CHECK(
      region->tracker.collect(region->tracker.self, xbz_dirty, &xbz_said));
  XBZ_CHECK(xbz_bitmap_get(xbz_dirty, 1) && xbz_bitmap_get(xbz_dirty, 2));
}

static void xbz_try_pages(const char *tracker, size_t units) {
  xbz_region region = xbz_open(tracker, units);
  XBZ_CHECK_EQ(xbz_collect(&region), 0);
  for (int round = 0; round < 3; round++) {
    xbz_check_exact(&region);
    XBZ_CHECK_EQ(xbz_collect(&region), 0);
    xbz_check_reads(&region);
    xbz_check_rows(&region);
  }
  xbz_check_adds(&region);
  xbz_region_close(&region);
}

typedef struct xbz_hammer {
  pthread_t thread;
  const xbz_region *region;
  bool quit;
} xbz_hammer;

static void *xbz_hammer_main(void *argument) {
  const xbz_hammer *it = argument;
  xbz_random dice = {1};
  while (!__atomic_load_n(&it->quit, __ATOMIC_RELAXED))
    xbz_write(it->region, xbz_random_below(&dice, 4), 1);
  return NULL;
}

/* A write that is over is in the next bitmap, though others write to the same
   page, and one of them may have unprotected it. */
static void xbz_try_hammers(const char *tracker) {
  xbz_region region = xbz_open(tracker, 1);
  xbz_hammer hammers[XBZ_HAMMERS];
  size_t steps = xbz_check_count(XBZ_STEPS);
  for (size_t i = 0; i < XBZ_HAMMERS; i++) {
    hammers[i] = (xbz_hammer){.region = &region};
    XBZ_CHECK(pthread_create(&hammers[i].thread, NULL, xbz_hammer_main,
                             &hammers[i]) == 0);
  }
  for (size_t i = 0; i < steps; i++) {
    xbz_note(0, "step", i);
    xbz_write(&region, i % 4, 0);
    (void)xbz_collect(&region);
    XBZ_CHECK(xbz_bitmap_get(xbz_dirty, i % 4));
  }
  for (size_t i = 0; i < XBZ_HAMMERS; i++) {
    __atomic_store_n(&hammers[i].quit, true, __ATOMIC_RELAXED);
    XBZ_CHECK(pthread_join(hammers[i].thread, NULL) == 0);
  }
  (void)xbz_collect(&region);
  XBZ_CHECK_EQ(xbz_collect(&region), 0);
  for (size_t i = 0; i < 4; i++)
    XBZ_CHECK(region.span.bytes[i * region.span.page_len] ==
              (uint8_t)((steps + 3 - i) / 4));
  xbz_region_close(&region);
}

/* What a system call writes is seen, or the call fails: never lost. */
static void xbz_try_system_call(const char *tracker) {
  xbz_region region = xbz_open(tracker, 1);
  int zeros = open("/dev/zero", O_RDONLY);
  XBZ_CHECK(zeros >= 0);
  ssize_t got = read(zeros, region.span.bytes + 5 * region.span.page_len, 9);
  if (strcmp(tracker, "mprotect") == 0) {
    XBZ_CHECK(got == -1 && errno == EFAULT);
    XBZ_CHECK_EQ(xbz_collect(&region), 0);
  } else {
    XBZ_CHECK_EQ(got, 9);
    XBZ_CHECK_EQ(xbz_collect(&region), 1);
    XBZ_CHECK(xbz_bitmap_get(xbz_dirty, 5));
  }
  XBZ_CHECK(close(zeros) == 0);
  xbz_region_close(&region);
}

/* Areas of one page each, until the kernel gives no more; whether it did so. */
static bool xbz_use_up_areas(uint8_t *memory, size_t unit) {
  for (size_t i = 0; i < XBZ_AREAS_MAX; i += 2)
    if (mprotect(memory + i * unit, unit, PROT_READ) != 0)
      return true;
  printf("mprotect: NOT TESTED without areas: this kernel has enough\n");
  return false;
}

/* Where no page can have a protection of its own, all count as written. */
static void xbz_try_without_areas(void) {
  xbz_region region = xbz_open("mprotect", 1);
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  size_t len = (size_t)XBZ_AREAS_MAX * unit;
  uint8_t *memory = mmap(NULL, len, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  XBZ_CHECK(memory != MAP_FAILED);
  bool none_left = xbz_use_up_areas(memory, unit);
  for (uint64_t i = 1; i < XBZ_PAGES; i += 2)
    xbz_write(&region, i, 0);
  size_t dirty = xbz_collect(&region);
  XBZ_CHECK(munmap(memory, len) == 0);
  XBZ_CHECK_EQ(dirty, none_left ? XBZ_PAGES : XBZ_PAGES / 2);
  XBZ_CHECK_EQ(xbz_collect(&region), 0);
  xbz_write(&region, 7, 0);
  XBZ_CHECK_EQ(xbz_collect(&region), 1);
  xbz_region_close(&region);
}

/* How a child ends that writes beyond a region. */
static int xbz_child_status(const struct sigaction *before) {
  int status = 0;
  pid_t child = fork();
  XBZ_CHECK(child >= 0);
  if (child == 0) {
    XBZ_CHECK(sigaction(SIGSEGV, before, NULL) == 0);
    xbz_region region = xbz_open("mprotect", 1);
    xbz_write(&region, 1, 0);
    xbz_write(&region, XBZ_PAGES, 0);
    _exit(1);
  }
  XBZ_CHECK(waitpid(child, &status, 0) == child);
  return status;
}

static void xbz_leave(int number) { _exit(number == SIGSEGV ? 42 : 1); }

static void xbz_leave_told(int number, siginfo_t *info, void *context) {
  _exit(number == SIGSEGV && info->si_addr != NULL && context != NULL ? 43 : 1);
}

/* A fault that is none of the tracker's means what it meant before. */
static void xbz_try_faults(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  int status = xbz_child_status(&action);
  XBZ_CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
  action.sa_handler = xbz_leave;
  status = xbz_child_status(&action);
  XBZ_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42);
  action.sa_sigaction = xbz_leave_told;
  action.sa_flags = SA_SIGINFO;
  status = xbz_child_status(&action);
  XBZ_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 43);
}

/* Several regions do not mind each other; of those by mprotect there is a most.
 */
static void xbz_try_many(void) {
  enum { XBZ_MOST = 16 };
  xbz_region regions[XBZ_MOST], more;
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  for (size_t i = 0; i < XBZ_MOST; i++)
    regions[i] = xbz_open("mprotect", 1);
  XBZ_CHECK(!xbz_region_open(&more, unit, 1, "mprotect", &xbz_said));
  XBZ_CHECK(strstr(xbz_said.text, "at most 16 regions") != NULL);
  xbz_write(&regions[3], 9, 0);
  for (size_t i = 0; i < XBZ_MOST; i++) {
    XBZ_CHECK_EQ(xbz_collect(&regions[i]), i == 3);
    xbz_region_close(&regions[i]);
  }
}

static bool xbz_offered(const char *tracker) {
  xbz_region region;
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  if (xbz_region_open(&region, unit, 1, tracker, &xbz_said)) {
    xbz_region_close(&region);
    return true;
  }
  printf("%s: NOT TESTED: %s\n", tracker, xbz_said.text);
  XBZ_CHECK(strcmp(tracker, "mprotect") != 0);
  return false;
}

/* The best that is offered is chosen where none is asked for. */
static void xbz_try_choice(const char *best) {
  xbz_region region;
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  XBZ_CHECK(xbz_region_open(&region, unit, 1, NULL, &xbz_said));
  XBZ_CHECK(strcmp(region.tracker.name, best) == 0);
  xbz_region_close(&region);
}

/* Where the kernel refuses (here, to open files), mprotect takes its place; who
   asks by name is told. */
static void xbz_try_refusal(void) {
  struct rlimit before, none;
  xbz_region region;
  size_t unit = (size_t)sysconf(_SC_PAGESIZE);
  XBZ_CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
  none = before;
  none.rlim_cur = 0;
  XBZ_CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
  XBZ_CHECK(!xbz_region_open(&region, unit, 1, "pagemap", &xbz_said));
  XBZ_CHECK(strncmp(xbz_said.text, "userfaultfd: ", 13) == 0);
  xbz_try_choice("mprotect");
  XBZ_CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
}

int main(void) {
  const char *tracker, *best = "";
  for (size_t i = 0; (tracker = xbz_tracker_name(i)) != NULL; i++) {
    xbz_check_subject = tracker;
    if (!xbz_offered(tracker))
      continue;
    best = *best == '\0' ? tracker : best;
    xbz_try_pages(tracker, 1);
    xbz_try_pages(tracker, 3);
    xbz_try_hammers(tracker);
    xbz_try_system_call(tracker);
    printf("%s: tested\n", tracker);
  }
  xbz_try_choice(best);
  xbz_try_refusal();
  xbz_try_without_areas();
  xbz_try_faults();
  xbz_try_many();
  return 0;
}
