/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Tracking by mprotect: pages are read-only until the first write to each,
 * which raises SIGSEGV. The handler notes the page and makes it writable.
 *
 * A lock for each span makes noting and collecting exclude each other. Nobody
 * who holds it can be interrupted by a write to the span: the handler and the
 * collector have all signals blocked, and write elsewhere.
 */
#include "tracker.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

typedef struct xbz_protected {
  xbz_span span;
  bool locked;
  uint64_t *written;
} xbz_protected;

enum { XBZ_PROTECTED_MAX = 16 };

/* Those open, for the handler; and what SIGSEGV meant before the first. */
static xbz_protected *xbz_open_ones[XBZ_PROTECTED_MAX];
static pthread_mutex_t xbz_opening = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction xbz_previous;
static bool xbz_installed;

static void xbz_lock(xbz_protected *it) {
  while (__atomic_test_and_set(&it->locked, __ATOMIC_ACQUIRE))
    (void)sched_yield();
}

static void xbz_unlock(xbz_protected *it) {
  __atomic_clear(&it->locked, __ATOMIC_RELEASE);
}

static size_t xbz_span_len(const xbz_span *span) {
  return span->page_len * (size_t)span->pages;
}

static bool xbz_protect_all(const xbz_protected *it, int protection) {
  return mprotect(it->span.bytes, xbz_span_len(&it->span), protection) == 0;
}

/*
 * Every other page with another protection is an area of its own, and the
 * kernel allows only so many: where there are no more, every page counts as
 * written.
 */
static bool xbz_note_page(xbz_protected *it, uint64_t page_no) {
  uint8_t *page = it->span.bytes + page_no * it->span.page_len;
  if (mprotect(page, it->span.page_len, PROT_READ | PROT_WRITE) == 0) {
    xbz_bitmap_set(it->written, page_no);
    return true;
  }
  for (uint64_t i = 0; i < it->span.pages; i++)
    xbz_bitmap_set(it->written, i);
  return xbz_protect_all(it, PROT_READ | PROT_WRITE);
}

/* Whether the fault was a first write to a page of a span. */
static bool xbz_note_fault(uintptr_t at) {
  for (size_t i = 0; i < XBZ_PROTECTED_MAX; i++) {
    xbz_protected *it = __atomic_load_n(&xbz_open_ones[i], __ATOMIC_ACQUIRE);
    if (it == NULL || at - (uintptr_t)it->span.bytes >= xbz_span_len(&it->span))
      continue;
    xbz_lock(it);
    bool noted =
        xbz_note_page(it, (at - (uintptr_t)it->span.bytes) / it->span.page_len);
    xbz_unlock(it);
    return noted;
  }
  return false;
}

/* What would have happened without this handler. */
static void xbz_pass_on(int number, siginfo_t *info, void *context) {
  if ((xbz_previous.sa_flags & SA_SIGINFO) != 0)
    xbz_previous.sa_sigaction(number, info, context);
  else if (xbz_previous.sa_handler == SIG_DFL ||
           xbz_previous.sa_handler == SIG_IGN)
    (void)signal(number, SIG_DFL); /* the fault comes again, and is fatal */
  else
    xbz_previous.sa_handler(number);
}

static void xbz_on_fault(int number, siginfo_t *info, void *context) {
  int kept = errno;
  if (info->si_code != SEGV_ACCERR || !xbz_note_fault((uintptr_t)info->si_addr))
    xbz_pass_on(number, info, context);
  errno = kept;
}

static bool xbz_install(xbz_error *error) {
  struct sigaction action;
  if (xbz_installed)
    return true;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = xbz_on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  (void)sigfillset(&action.sa_mask);
  if (sigaction(SIGSEGV, &action, &xbz_previous) != 0)
    return xbz_fail(error, "cannot handle SIGSEGV: %s", strerror(errno));
  xbz_installed = true;
  return true;
}

/* The handler stays: another one may have been put before it meanwhile, and
   without spans it passes on everything. */
static bool xbz_publish(xbz_protected *it, xbz_error *error) {
  bool done = false;
  (void)pthread_mutex_lock(&xbz_opening);
  bool installed = xbz_install(error);
  for (size_t i = 0; installed && !done && i < XBZ_PROTECTED_MAX; i++)
    if (xbz_open_ones[i] == NULL) {
      __atomic_store_n(&xbz_open_ones[i], it, __ATOMIC_RELEASE);
      done = true;
    }
  (void)pthread_mutex_unlock(&xbz_opening);
  if (installed && !done)
    return xbz_fail(error, "mprotect tracks at most %d regions",
                    (int)XBZ_PROTECTED_MAX);
  return done;
}

static void xbz_withdraw(const xbz_protected *it) {
  (void)pthread_mutex_lock(&xbz_opening);
  for (size_t i = 0; i < XBZ_PROTECTED_MAX; i++)
    if (xbz_open_ones[i] == it)
      __atomic_store_n(&xbz_open_ones[i], NULL, __ATOMIC_RELEASE);
  (void)pthread_mutex_unlock(&xbz_opening);
}

static bool xbz_protect_collect(void *self, uint64_t *dirty, xbz_error *error) {
  xbz_protected *it = self;
  sigset_t all, before;
  (void)sigfillset(&all);
  (void)pthread_sigmask(SIG_BLOCK, &all, &before);
  xbz_lock(it);
  bool done = xbz_protect_all(it, PROT_READ);
  int why = errno;
  for (uint64_t i = 0; done && i < xbz_bitmap_words(it->span.pages); i++) {
    dirty[i] |= it->written[i];
    it->written[i] = 0;
  }
  xbz_unlock(it);
  (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
  return done || xbz_fail(error, "mprotect: %s", strerror(why));
}

static void xbz_protect_close(void *self) {
  xbz_protected *it = self;
  xbz_withdraw(it);
  (void)xbz_protect_all(it, PROT_READ | PROT_WRITE);
  free(it->written);
  free(it);
}

bool xbz_protect_open(xbz_tracker *tracker, const xbz_span *span,
                      xbz_error *error) {
  xbz_protected *it = calloc(1, sizeof *it);
  uint64_t *written =
      calloc((size_t)xbz_bitmap_words(span->pages), sizeof *written);
  if (it == NULL || written == NULL) {
    free(it);
    free(written);
    return xbz_fail(error, "no memory to track %llu pages",
                    (unsigned long long)span->pages);
  }
  it->span = *span;
  it->written = written;
  tracker->self = it;
  tracker->collect = xbz_protect_collect;
  tracker->close = xbz_protect_close;
  if (xbz_publish(it, error)) {
    if (xbz_protect_all(it, PROT_READ))
      return true;
    (void)xbz_fail(error, "mprotect: %s", strerror(errno));
  }
  xbz_protect_close(it);
  return false;
}
