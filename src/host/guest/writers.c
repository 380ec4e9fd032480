/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "writers.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef enum xbz_order { XBZ_GO, XBZ_HALT, XBZ_QUIT } xbz_order;

typedef struct xbz_one_writer {
  pthread_t thread;
  xbz_writers *all;
  xbz_load_part part;
  uint64_t turns; /* the part's, for others to read */
  double since;   /* seconds; turns are counted against it */
  uint64_t turns_then;
} xbz_one_writer;

struct xbz_writers {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  xbz_order order; /* changed under the mutex, read without */
  size_t standing; /* writers that obey a halt */
  size_t count;
  double rate; /* of one writer; 0: no limit */
  const xbz_load *load;
  xbz_one_writer list[];
};

static double xbz_now(void) {
  struct timespec now = {0, 0};
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* When the next turn is due. */
static double xbz_due(const xbz_one_writer *it) {
  return it->since + (double)(it->part.turn - it->turns_then) / it->all->rate;
}

static bool xbz_ahead(const xbz_one_writer *it) {
  return it->all->rate > 0 && xbz_now() < xbz_due(it);
}

/* No turn is made up for that was missed while standing still. */
static void xbz_stand(xbz_one_writer *it) {
  xbz_writers *all = it->all;
  all->standing++;
  (void)pthread_cond_broadcast(&all->changed);
  while (all->order == XBZ_HALT)
    (void)pthread_cond_wait(&all->changed, &all->mutex);
  all->standing--;
  it->since = xbz_now();
  it->turns_then = it->part.turn;
}

static void xbz_wait_until(xbz_writers *all, double due) {
  struct timespec at;
  at.tv_sec = (time_t)due;
  at.tv_nsec = (long)((due - (double)at.tv_sec) * 1e9);
  (void)pthread_cond_timedwait(&all->changed, &all->mutex, &at);
}

/* Wait for the next turn; whether there is one. */
static bool xbz_await_turn(xbz_one_writer *it) {
  xbz_writers *all = it->all;
  if (__atomic_load_n(&all->order, __ATOMIC_RELAXED) == XBZ_GO &&
      !xbz_ahead(it))
    return true;
  (void)pthread_mutex_lock(&all->mutex);
  while (all->order == XBZ_HALT || (all->order == XBZ_GO && xbz_ahead(it)))
    if (all->order == XBZ_HALT)
      xbz_stand(it);
    else
      xbz_wait_until(all, xbz_due(it));
  bool go = all->order == XBZ_GO;
  (void)pthread_mutex_unlock(&all->mutex);
  return go;
}

static void *xbz_writer_main(void *argument) {
  xbz_one_writer *it = argument;
  while (xbz_await_turn(it)) {
    it->all->load->write(&it->part);
    it->part.turn++;
    __atomic_store_n(&it->turns, it->part.turn, __ATOMIC_RELAXED);
  }
  return NULL;
}

static void xbz_order_all(xbz_writers *writers, xbz_order order) {
  (void)pthread_mutex_lock(&writers->mutex);
  __atomic_store_n(&writers->order, order, __ATOMIC_RELAXED);
  (void)pthread_cond_broadcast(&writers->changed);
  (void)pthread_mutex_unlock(&writers->mutex);
}

void xbz_writers_pause(xbz_writers *writers) {
  xbz_order_all(writers, XBZ_HALT);
  (void)pthread_mutex_lock(&writers->mutex);
  while (writers->standing < writers->count)
    (void)pthread_cond_wait(&writers->changed, &writers->mutex);
  (void)pthread_mutex_unlock(&writers->mutex);
}

void xbz_writers_resume(xbz_writers *writers) {
  xbz_order_all(writers, XBZ_GO);
}

void xbz_writers_stop(xbz_writers *writers) {
  xbz_order_all(writers, XBZ_QUIT);
  for (size_t i = 0; i < writers->count; i++)
    (void)pthread_join(writers->list[i].thread, NULL);
  (void)pthread_cond_destroy(&writers->changed);
  (void)pthread_mutex_destroy(&writers->mutex);
  free(writers);
}

uint64_t xbz_writers_turns(const xbz_writers *writers, size_t thread) {
  return __atomic_load_n(&writers->list[thread].turns, __ATOMIC_RELAXED);
}

static void xbz_prepare(xbz_writers *writers, const xbz_span *memory,
                        const xbz_load_options *options) {
  pthread_condattr_t monotonic;
  (void)pthread_condattr_init(&monotonic);
  (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  (void)pthread_cond_init(&writers->changed, &monotonic);
  (void)pthread_condattr_destroy(&monotonic);
  (void)pthread_mutex_init(&writers->mutex, NULL);
  writers->load = xbz_load_find(options->load);
  writers->rate = options->rate / (double)options->threads;
  for (size_t i = 0; i < options->threads; i++) {
    xbz_one_writer *it = &writers->list[i];
    it->all = writers;
    it->part = xbz_load_part_of(memory->bytes, memory->page_len, memory->pages,
                                i, options->threads, options->seed);
    it->since = xbz_now();
  }
}

/* Signals are for other threads, but for those that a write may raise. */
static int xbz_launch(xbz_writers *writers, size_t threads) {
  sigset_t others, before;
  int status = 0;
  (void)sigfillset(&others);
  (void)sigdelset(&others, SIGSEGV);
  (void)sigdelset(&others, SIGBUS);
  (void)pthread_sigmask(SIG_SETMASK, &others, &before);
  for (size_t i = 0; i < threads && status == 0; i++) {
    xbz_one_writer *it = &writers->list[i];
    status = pthread_create(&it->thread, NULL, xbz_writer_main, it);
    writers->count += status == 0;
  }
  (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
  return status;
}

xbz_writers *xbz_writers_start(const xbz_span *memory,
                               const xbz_load_options *options,
                               xbz_error *error) {
  xbz_writers *writers =
      calloc(1, sizeof *writers + options->threads * sizeof writers->list[0]);
  if (writers == NULL) {
    (void)xbz_fail(error, "no memory for %zu writers", options->threads);
    return NULL;
  }
  xbz_prepare(writers, memory, options);
  int status = xbz_launch(writers, options->threads);
  if (status == 0)
    return writers;
  xbz_writers_stop(writers);
  (void)xbz_fail(error, "cannot start %zu writers: %s", options->threads,
                 strerror(status));
  return NULL;
}
