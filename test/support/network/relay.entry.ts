// The relay as the product bundles it, for tests that start it.
import '../../../src/adapters/network/relayMain';
