package io.opsconductor.kit.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LanesTest {
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);

    private void inItsTurn(String job) throws InterruptedException {
        begun.release();
        mayEnd.acquire();
        done.add(job);
        ended.release();
    }

    @Test
    void jobsOfALaneAreDoneInOrderAndAFailedOneHoldsUpNone() throws Exception {
        CountDownLatch all = new CountDownLatch(99);
        try (Lanes<Integer> lanes = new Lanes<>(4, 1_000, job -> {
            if (job == 50) {
                throw new IllegalStateException("the one that fails");
            }
            done.add("job " + job);
            all.countDown();
        })) {
            IntStream.rangeClosed(1, 100).forEach(job -> lanes.add("one lane", job));
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100)
                        .filter(job -> job != 50)
                        .mapToObj(job -> "job " + job)
                        .toList());
    }

    @Test
    void whoWaitsForRoomGoesOnWhenAJobIsDone() throws Exception {
        try (Lanes<String> lanes = new Lanes<>(1, 2, this::inItsTurn)) {
            lanes.awaitRoom();
            lanes.add("a", "first");
            lanes.add("b", "second");
            assertThat(lanes.isFull()).isTrue();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    lanes.awaitRoom();
                    lanes.add("c", "third");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(waiting.join(Duration.ofMillis(100)))
                    .as("there is no room yet")
                    .isFalse();
            mayEnd.release();
            waiting.join();
            assertThat(lanes.size()).isEqualTo(2);
            mayEnd.release(2);
            ended.acquire(3);
        }
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void whoWaitsForRoomIsLetGoAtTheEnd() throws Exception {
        Lanes<String> lanes = new Lanes<>(1, 1, this::inItsTurn);
        lanes.add("a", "first");
        begun.acquire();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                lanes.awaitRoom();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread closing = Thread.ofVirtual().start(lanes::close);
        waiting.join();
        mayEnd.release();
        closing.join();
        assertThat(List.copyOf(done)).containsExactly("first");
    }
}
