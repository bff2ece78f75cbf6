/* The standard voice call, written from the rulebook (poundkey rules) and not from the Swift sources: a second opinion
 * on how many states it has. One state is stored for each moment between two moves; a move is one d_step.
 *
 * Given with -D, in milliseconds: RING, INTERDIGIT, GRACE (0 for none), LIMIT, and the lengths of the messages GREETING,
 * WRONG, RETRY, SUCCESS, DENIED, CONFIRMATION, REPORTED; MAXATTEMPTS; REPORTING 0 (off), 1 (at once), 2 (1 confirms);
 * the alphabet: KEY0 KEY1 STAR HANGUP DECLINE DROP CANCEL ATONCE LATE, each 0 or 1. The report code is 0.
 */
#define NEVER 1000000000
#define CUT 20000 /* CALL-13 */

mtype = { idle, ringing, prompt, grace, digits, confirming, confirmingGrace, closing, ended };
mtype = { greeting, wrongEntry, retry, nothing };
mtype = { undecided, approved, fraudReported, denied, userHungUp, noInput, poundNotPressed, rejected, noAnswer,
          carrierFailed, cancelled };

mtype stage = idle;
mtype playing = nothing;
mtype outcome = undecided;
byte wrongs = 0;
/* The keys gathered, two bits each, ten to a word: 0, 1, and 2 for the star. */
byte count = 0;
int low = 0;
int high = 0;
/* Milliseconds left. */
int sound = NEVER;
int deadline = NEVER;
int limit = NEVER;
hidden int w;

#define MIN(a, b) ((a) < (b) -> (a) : (b))
#define DUE MIN(MIN(sound, deadline), limit)
#define LIVE (stage != idle && stage != ended)
#define ANSWERED (LIVE && stage != ringing)
#define TAKES (stage == prompt || stage == grace || stage == digits)

inline pass() {
  if :: sound != NEVER -> sound = sound - w :: else fi;
  if :: deadline != NEVER -> deadline = deadline - w :: else fi;
  if :: limit != NEVER -> limit = limit - w :: else fi;
}

inline emptyBuffer() { count = 0; low = 0; high = 0 }

inline finish(how) { /* CALL-15: nothing of a call outlives it */
  outcome = how; stage = ended; playing = nothing; wrongs = 0; emptyBuffer();
  sound = NEVER; deadline = NEVER; limit = NEVER;
}

inline say(which, length) { playing = which; sound = length; deadline = CUT; stage = prompt }

inline close(how, length) {
  outcome = how; stage = closing; playing = nothing; wrongs = 0; emptyBuffer(); sound = length; deadline = CUT;
}

inline settleReport() { close(fraudReported, REPORTED) }

inline wrongOne() { /* CALL-10 */
  emptyBuffer();
  wrongs++;
  if
  :: wrongs >= MAXATTEMPTS -> close(denied, DENIED)
  :: else -> say(wrongEntry, WRONG)
  fi
}

inline sendEntry() {
  if
  :: count == 0 -> assert(outcome == undecided); close(approved, SUCCESS)       /* CALL-7 */
  :: count == 1 && low == 0 && REPORTING > 0 ->                                  /* CALL-9 */
     assert(outcome == undecided);
     if
     :: REPORTING == 1 -> settleReport()                                         /* REPORT-3 */
     :: else ->                                                                  /* REPORT-2 */
        outcome = fraudReported; stage = confirming; playing = nothing; wrongs = 0; emptyBuffer();
        sound = CONFIRMATION; deadline = CUT
     fi
  :: else -> wrongOne()
  fi
}

inline press(key) {
  if
  :: TAKES ->
     if
     :: count == 20 -> wrongOne()                                                /* CALL-6 */
     :: else ->
        high = ((high << 2) | (low >> 18)) & 1048575;
        low = ((low << 2) & 1048575) | key;
        count++;
        stage = digits; playing = nothing; sound = NEVER; deadline = INTERDIGIT  /* CALL-12 */
     fi
  :: (stage == confirming || stage == confirmingGrace) && key == 1 -> settleReport()
  :: else /* CALL-5 */
  fi
}

inline pressPound() {
  if
  :: stage == prompt && playing == wrongEntry                                    /* CALL-10: pressed twice */
  :: TAKES && !(stage == prompt && playing == wrongEntry) -> sendEntry()
  :: else
  fi
}

inline happen() { /* what is due now, first ordered first */
  if
  :: stage == ringing && deadline == 0 -> finish(noAnswer)                       /* CALL-1 */
  :: stage != ringing && limit == 0 || stage == ringing && deadline > 0 && limit == 0 -> /* CALL-19 */
     if
     :: stage == ringing -> finish(noAnswer)
     :: stage == digits -> finish(poundNotPressed)
     :: stage == prompt || stage == grace -> finish(noInput)
     :: else -> finish(outcome)
     fi
  :: else ->
     if
     :: stage == prompt && playing == wrongEntry -> say(retry, RETRY)
     :: stage == prompt && playing != wrongEntry ->
        if
        :: GRACE > 0 && sound == 0 -> stage = grace; playing = nothing; sound = NEVER; deadline = GRACE
        :: else -> finish(noInput)                                               /* CALL-11, CALL-13 */
        fi
     :: stage == grace -> finish(noInput)
     :: stage == digits -> finish(poundNotPressed)
     :: stage == confirming ->
        if
        :: GRACE > 0 && sound == 0 -> stage = confirmingGrace; sound = NEVER; deadline = GRACE
        :: else -> settleReport()
        fi
     :: stage == confirmingGrace -> settleReport()
     :: stage == closing -> finish(outcome)
     fi
  fi
}

inline settle() { do :: LIVE && DUE == 0 -> happen() :: else -> break od }

/* At once, or 1 ms before something else is due. */
#define MOVE(can, effect) \
  :: d_step { (can) && ATONCE -> effect; settle(); skip } \
  :: d_step { (can) && LATE && DUE > 1 -> w = DUE - 1; pass(); w = 0; effect; settle(); skip }

active proctype call() {
end:
  do
  :: d_step { stage == idle -> stage = ringing; deadline = RING; limit = LIMIT }
  :: d_step { LIVE -> w = DUE; pass(); w = 0; settle(); skip }                         /* silence */
  MOVE(stage == ringing, say(greeting, GREETING))
  MOVE(stage == ringing && DECLINE, finish(rejected))
  MOVE(ANSWERED && HANGUP, if :: outcome != undecided -> finish(outcome) :: else -> finish(userHungUp) fi)
  MOVE(ANSWERED && DROP, if :: outcome != undecided -> finish(outcome) :: else -> finish(carrierFailed) fi)
  MOVE(LIVE && CANCEL, if :: outcome != undecided :: else -> finish(cancelled) fi) /* CALL-14 */
  MOVE(LIVE, pressPound())
  MOVE(LIVE && KEY0, press(0))
  MOVE(LIVE && KEY1, press(1))
  MOVE(LIVE && STAR, press(2))
  od
}
