// The holder of loopbacks as the product bundles it, for tests that start it.
import '../../../src/adapters/network/loopbackHolderMain';
