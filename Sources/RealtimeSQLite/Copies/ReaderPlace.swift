import Glibc

/// Which copy a thread looks at first: the one it found free the last time.
///
/// Two threads that meet at a copy part at once, and each then stays where its processor's caches hold the rows.
enum ReaderPlace {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        // Without a key every thread begins at the first copy, and all goes on.
        return pthread_key_create(&key, nil) == 0 ? key : pthread_key_t.max
    }()

    static var current: Int {
        get { Int(bitPattern: pthread_getspecific(key)) }
        set { pthread_setspecific(key, UnsafeRawPointer(bitPattern: newValue)) }
    }
}
