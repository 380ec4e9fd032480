/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#include "trial.h"

#include "src/host/migrate/wire.h"
#include "tests/codec/check.h"

const xbz_faults xbz_counted = {XBZ_NEVER,     XBZ_NEVER,      XBZ_NEVER, 0,
                                XBZ_NEVER - 1, XBZ_FAULT_DROP, SIZE_MAX};

xbz_trial_plan xbz_trial_small(void) {
  return (xbz_trial_plan){
      .seed = 7,
      .page_len = 40,
      .pages = 5,
      .writes = 4,
      .calm_from = 6,
      .limits = {.cache_size = 200},
      .wishes = {.delta = true, .base_digest = true, .compress = true},
      .grants = {.delta = true, .base_digest = true, .compress = true},
      .max_bytes = 4096};
}

void xbz_trial_forget(xbz_trial *trial) {
  xbz_error error;
  xbz_arrival_free(trial->arrival);
  trial->arrival =
      xbz_arrival_new(trial->plan.max_bytes, &trial->plan.grants, &error);
  XBZ_CHECK(trial->arrival != NULL);
}

static void xbz_trial_begin(xbz_trial *trial) {
  xbz_error error;
  trial->migration = xbz_migration_new(&trial->toy.guest, &trial->control,
                                       &trial->plan.wishes, &error);
  XBZ_CHECK(trial->migration != NULL);
}

void xbz_trial_again(xbz_trial *trial) {
  xbz_limits limits = trial->plan.limits;
  xbz_error error;
  xbz_migration_free(trial->migration);
  xbz_control_close(&trial->control);
  limits.rounds = 0;
  XBZ_CHECK(xbz_control_open(&trial->control, &limits, &error));
  trial->toy.mute = false;
  memset(trial->toy.acts, 0, sizeof trial->toy.acts);
  xbz_trial_begin(trial);
}

void xbz_trial_open(xbz_trial *trial, const xbz_trial_plan *plan) {
  xbz_error error;
  memset(trial, 0, sizeof *trial);
  trial->plan = *plan;
  XBZ_CHECK(xbz_control_open(&trial->control, &plan->limits, &error));
  xbz_toy_open(&trial->toy, &trial->control, plan->seed, plan->page_len,
               plan->pages);
  trial->toy.writes = plan->writes;
  trial->toy.calm_from = plan->calm_from;
  trial->toy.mute = plan->mute;
  trial->toy.everywhere = plan->everywhere;
  xbz_trial_begin(trial);
  xbz_trial_forget(trial);
}

void xbz_trial_close(xbz_trial *trial) {
  xbz_migration_free(trial->migration);
  xbz_arrival_free(trial->arrival);
  xbz_toy_close(&trial->toy);
  xbz_control_close(&trial->control);
}

typedef struct xbz_far_side {
  xbz_trial *trial;
  xbz_link link;
} xbz_far_side;

static void *xbz_trial_receive(void *self) {
  xbz_far_side *far = self;
  xbz_trial *trial = far->trial;
  trial->receiver = XBZ_END_LOST;
  if (trial->tls[1] != NULL &&
      !xbz_tls_start(&far->link, trial->tls[1], &trial->receiver_error))
    return NULL;
  trial->receiver =
      xbz_arrival_receive(trial->arrival, &far->link, &trial->receiver_error);
  far->link.close(far->link.self);
  return NULL;
}

static void xbz_trial_send(xbz_trial *trial, xbz_link link) {
  trial->sender = XBZ_END_LOST;
  if (trial->tls[0] != NULL &&
      !xbz_tls_start(&link, trial->tls[0], &trial->sender_error))
    return;
  trial->sender =
      xbz_migration_send(trial->migration, &link, &trial->sender_error);
  link.close(link.self);
}

static void xbz_trial_check(const xbz_trial *trial) {
  uint64_t len = 0;
  const uint8_t *memory = xbz_arrival_memory(trial->arrival, &len);
  const uint64_t want = trial->plan.pages * trial->plan.page_len;
  XBZ_CHECK((memory != NULL) == (trial->receiver == XBZ_END_EQUAL));
  if (memory != NULL) {
    XBZ_CHECK_EQ(len, want);
    XBZ_CHECK_BYTES(memory, trial->toy.memory, (size_t)want);
    XBZ_CHECK(trial->toy.paused);
    XBZ_CHECK(trial->sender == XBZ_END_EQUAL || trial->sender == XBZ_END_LOST);
  }
  if (trial->sender == XBZ_END_EQUAL)
    XBZ_CHECK(memory != NULL);
  else if (trial->sender != XBZ_END_LOST)
    XBZ_CHECK(!trial->toy.paused);
  else
    XBZ_CHECK(trial->toy.paused ==
              (strstr(trial->sender_error.text, "stays paused") != NULL));
  XBZ_CHECK(trial->sender == XBZ_END_EQUAL || *trial->sender_error.text);
  XBZ_CHECK(trial->receiver == XBZ_END_EQUAL || *trial->receiver_error.text);
}

void xbz_trial_connect(xbz_trial *trial, const xbz_faults *forth,
                       const xbz_faults *back) {
  xbz_pipe pipe;
  xbz_far_side far;
  pthread_t thread;
  xbz_pipe_open(&pipe, forth, back);
  far = (xbz_far_side){trial, xbz_pipe_link(&pipe, 1)};
  trial->sender_error.text[0] = trial->receiver_error.text[0] = '\0';
  XBZ_CHECK(pthread_create(&thread, NULL, xbz_trial_receive, &far) == 0);
  xbz_trial_send(trial, xbz_pipe_link(&pipe, 0));
  XBZ_CHECK(pthread_join(thread, NULL) == 0);
  for (int side = 0; side < 2; side++) {
    trial->bytes[side] = pipe.flows[side].sent;
    trial->records[side] = pipe.flows[side].records;
  }
  trial->stalled = pipe.stalled;
  trial->messages = 0;
  for (size_t kind = XBZ_KIND_ZERO; kind <= XBZ_KIND_DELTA; kind++)
    trial->messages += pipe.flows[0].kinds[kind];
  for (size_t kind = XBZ_WIRE_CHECKED; kind <= XBZ_WIRE_PACKED; kind++)
    trial->messages += pipe.flows[0].kinds[kind];
  xbz_pipe_close(&pipe);
  xbz_trial_check(trial);
}

bool xbz_trial_ended(const xbz_trial *trial, xbz_ending ending) {
  return trial->sender == ending && trial->receiver == ending;
}
