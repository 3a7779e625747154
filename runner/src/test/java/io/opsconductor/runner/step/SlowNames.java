package io.opsconductor.runner.step;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The system's name service, but that names below {@code hangs.test} get no answer before {@link #answer}. */
public final class SlowNames extends InetAddressResolverProvider {
    private static final CountDownLatch ANSWER = new CountDownLatch(1);
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final AtomicInteger VIRTUAL = new AtomicInteger();

    /** How many names have been asked for that get no answer. */
    static int asked() {
        return ASKED.get();
    }

    /** How many of them by a virtual thread. */
    static int askedByVirtualThreads() {
        return VIRTUAL.get();
    }

    /** Ends all waiting. */
    static void answer() {
        ANSWER.countDown();
    }

    @Override
    public String name() {
        return "slow names";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver system = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                if (host.endsWith("hangs.test")) {
                    ASKED.incrementAndGet();
                    if (Thread.currentThread().isVirtual()) {
                        VIRTUAL.incrementAndGet();
                    }
                    hang();
                    throw new UnknownHostException(host);
                }
                return system.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return system.lookupByAddress(address);
            }
        };
    }

    /** As native code does: an interrupt does not end it. */
    private static void hang() {
        boolean interrupted = false;
        while (ANSWER.getCount() > 0) {
            try {
                ANSWER.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
