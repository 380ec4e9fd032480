/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/*
 * Migrations over TLS: with peers that are who they should be, and with others;
 * and over connections that break at any byte.
 */
#include "certificates.h"
#include "tests/codec/check.h"
#include "trial.h"

static char xbz_folder[32];

/* A sender and a receiver that believe each other. */
static void xbz_friends(xbz_tls *friends[2]) {
  friends[0] = xbz_certificates_use(xbz_folder, XBZ_TLS_CLIENT, "sender", "ca",
                                    "listener");
  friends[1] = xbz_certificates_use(xbz_folder, XBZ_TLS_SERVER, "listener",
                                    "ca", "sender");
}

static void xbz_secure(xbz_trial *trial, xbz_tls *const sides[2]) {
  trial->tls[0] = sides[0];
  trial->tls[1] = sides[1];
}

static void xbz_free_both(xbz_tls *const sides[2]) {
  xbz_tls_free(sides[0]);
  xbz_tls_free(sides[1]);
}

/* Whoever shows and believes what, and the words of both sides; null where a
   side has no TLS, or finds no fault. */
typedef struct xbz_meeting {
  const char *sender, *sender_ca, *sender_expects;
  const char *receiver, *receiver_ca, *receiver_expects;
  const char *sender_says, *receiver_says;
} xbz_meeting;

static const xbz_meeting xbz_meetings[] = {
    {"sender", "ca", "listener", "listener", "ca", NULL, NULL, NULL},
    {"sender", "ca", "listener", "listener", "ca", "sender", NULL, NULL},
    {"sender", "ca", "127.0.0.1", "listener", "ca", NULL, NULL, NULL},
    {"sender", "ca", "localhost", "listener", "ca", NULL, NULL, NULL},
    {"sender", "ca", NULL, "listener", "ca", NULL, NULL, NULL},
    {"sender", "ca", "elsewhere", "listener", "ca", NULL,
     "the peer's certificate is not for 'elsewhere'",
     "the peer says: bad cert"},
    {"sender", "ca", "127.0.0.2", "listener", "ca", NULL,
     "the peer's certificate is not for '127.0.0.2'",
     "the peer says: bad cert"},
    {"sender", "ca", "listener", "listener", "ca", "someone",
     "the peer says: bad certificate",
     "the peer's certificate is not for 'someone'"},
    {"sender", "other", "listener", "listener", "ca", NULL,
     "certificate is no good: unable to get local issuer certificate",
     "the peer says: unknown CA"},
    {"sender", "ca", "listener", "stranger", "ca", NULL,
     "certificate is no good: unable to get local issuer certificate",
     "the peer says: unknown CA"},
    {"stranger", "ca", "listener", "listener", "ca", NULL,
     "the peer says: unknown CA",
     "certificate is no good: unable to get local issuer certificate"},
    {"sender", "ca", "listener", "listener", "other", NULL,
     "the peer says: unknown CA",
     "certificate is no good: unable to get local issuer certificate"},
    {"sender", "ca", "listener", "expired", "ca", NULL,
     "certificate is no good: certificate has expired",
     "the peer says: certificate expired"},
    {"expired", "ca", "listener", "listener", "ca", NULL,
     "the peer says: certificate expired",
     "certificate is no good: certificate has expired"},
    {"sender", "ca", "listener", "client", "ca", NULL,
     "certificate is no good: unsuitable certificate purpose",
     "the peer says: unsupported certificate"},
    {"client", "ca", "listener", "listener", "ca", NULL, NULL, NULL},
    {"sender", "ca", "listener", NULL, NULL, NULL,
     "TLS: the peer does not speak it", "the peer speaks TLS"},
    {NULL, NULL, NULL, "listener", "ca", NULL, "the peer speaks TLS",
     "TLS: the peer does not speak it"},
};

static bool xbz_told(const xbz_error *error, const char *words) {
  const bool told = words == NULL || strstr(error->text, words) != NULL;
  if (!told)
    fprintf(stderr, "told '%s', not '%s'\n", error->text, words);
  return told;
}

/* Equal, or refused: then the receiver has nothing, and takes the next one. */
static void xbz_meet(const xbz_meeting *m, xbz_tls *const friends[2]) {
  const xbz_trial_plan plan = xbz_trial_small();
  xbz_tls *sides[2] = {NULL, NULL};
  xbz_trial trial;
  if (m->sender != NULL)
    sides[0] = xbz_certificates_use(xbz_folder, XBZ_TLS_CLIENT, m->sender,
                                    m->sender_ca, m->sender_expects);
  if (m->receiver != NULL)
    sides[1] = xbz_certificates_use(xbz_folder, XBZ_TLS_SERVER, m->receiver,
                                    m->receiver_ca, m->receiver_expects);
  xbz_trial_open(&trial, &plan);
  xbz_secure(&trial, sides);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK((trial.sender == XBZ_END_EQUAL) == (m->sender_says == NULL));
  XBZ_CHECK((trial.receiver == XBZ_END_EQUAL) == (m->receiver_says == NULL));
  XBZ_CHECK(!trial.stalled);
  XBZ_CHECK(xbz_told(&trial.sender_error, m->sender_says));
  XBZ_CHECK(xbz_told(&trial.receiver_error, m->receiver_says));
  if (trial.sender != XBZ_END_EQUAL) {
    XBZ_CHECK(!xbz_arrival_begun(trial.arrival));
    xbz_secure(&trial, friends);
    xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
    XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  }
  xbz_trial_close(&trial);
  xbz_free_both(sides);
}

static void xbz_test_meetings(xbz_tls *const friends[2]) {
  for (size_t i = 0; i < sizeof xbz_meetings / sizeof xbz_meetings[0]; i++) {
    xbz_note(0, "meeting", i);
    xbz_meet(&xbz_meetings[i], friends);
  }
}

/* How many bytes each side sends where nothing happens. */
static void xbz_measure(xbz_tls *const friends[2], uint64_t bytes[2]) {
  const xbz_trial_plan plan = xbz_trial_small();
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  xbz_secure(&trial, friends);
  xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  memcpy(bytes, trial.bytes, sizeof trial.bytes);
  xbz_trial_close(&trial);
}

/* The first connection suffers; the second one goes on. */
static void xbz_suffer(xbz_tls *const friends[2], const xbz_faults faults[2],
                       const char *words) {
  const xbz_trial_plan plan = xbz_trial_small();
  xbz_trial trial;
  xbz_trial_open(&trial, &plan);
  xbz_secure(&trial, friends);
  xbz_trial_connect(&trial, &faults[0], &faults[1]);
  XBZ_CHECK(trial.sender != XBZ_END_EQUAL || trial.receiver == XBZ_END_EQUAL);
  if (words != NULL && trial.sender != XBZ_END_EQUAL) {
    XBZ_CHECK(trial.sender == XBZ_END_LOST);
    XBZ_CHECK(strstr(trial.sender_error.text, words) != NULL ||
              strstr(trial.receiver_error.text, words) != NULL);
  }
  if (trial.sender != XBZ_END_EQUAL) {
    xbz_trial_connect(&trial, &xbz_no_faults, &xbz_no_faults);
    XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  }
  xbz_trial_close(&trial);
}

/* A byte that is cut off, or another one, at each stride of bytes. */
static void xbz_test_breaks(xbz_tls *const friends[2], uint64_t stride) {
  uint64_t bytes[2], broken = 0;
  xbz_measure(friends, bytes);
  for (int side = 0; side < 2; side++)
    for (uint64_t at = 0; at < bytes[side]; at += stride) {
      xbz_faults faults[2] = {xbz_no_faults, xbz_no_faults};
      xbz_note(0, "side", (uintmax_t)side);
      xbz_note(1, "at", at);
      faults[side].cut = at;
      xbz_suffer(friends, faults, "pipe is broken");
      faults[side] = xbz_no_faults;
      faults[side].change = at;
      faults[side].mask = 1;
      xbz_suffer(friends, faults, NULL);
      broken += 2;
    }
  printf("%" PRIu64 " connections broken, of %" PRIu64 " and %" PRIu64
         " bytes\n",
         broken, bytes[0], bytes[1]);
}

/* One byte at a time. */
static void xbz_test_slow(xbz_tls *const friends[2]) {
  const xbz_trial_plan plan = xbz_trial_small();
  xbz_faults slow = xbz_no_faults;
  xbz_trial trial;
  slow.most = 1;
  xbz_trial_open(&trial, &plan);
  xbz_secure(&trial, friends);
  xbz_trial_connect(&trial, &slow, &slow);
  XBZ_CHECK(xbz_trial_ended(&trial, XBZ_END_EQUAL));
  xbz_trial_close(&trial);
}

/* Usage: tls_test [STRIDE] */
int main(int argc, char **argv) {
  const uint64_t stride = argc > 1 ? strtoull(argv[1], NULL, 10) : 17;
  xbz_tls *friends[2];
  xbz_certificates_open(xbz_folder);
  xbz_friends(friends);
  xbz_test_meetings(friends);
  xbz_test_slow(friends);
  xbz_test_breaks(friends, stride);
  xbz_free_both(friends);
  xbz_certificates_close(xbz_folder);
  return 0;
}
