//! Numbers and arrays as little-endian bytes under a checksum.

/// The bytes before the checksum at the end of `image`, when it matches.
pub(crate) fn checked(image: &[u8]) -> Result<&[u8], &'static str> {
    let Some((body, checksum)) = image.split_last_chunk::<4>() else {
        return Err("shorter than a checksum");
    };
    if crc32c::crc32c(body) == u32::from_le_bytes(*checksum) {
        Ok(body)
    } else {
        Err("the checksum does not match")
    }
}

/// Appends numbers and arrays, little-endian.
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    /// Appends the checksum of everything before it.
    pub(crate) fn seal(mut self) -> Vec<u8> {
        let checksum = crc32c::crc32c(&self.0);
        self.u32(checksum);
        self.0
    }

    pub(crate) fn u32(&mut self, n: u32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, n: u64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    pub(crate) fn i64(&mut self, n: i64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.u64(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn array<T: Copy, const N: usize>(
        &mut self,
        array: &[T],
        bytes_of: impl Fn(T) -> [u8; N],
    ) {
        self.u64(array.len() as u64);
        self.0.extend(array.iter().flat_map(|&n| bytes_of(n)));
    }
}

/// Takes off what a [`Writer`] appended.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn take(&mut self, bytes: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or("ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or("ends too early")?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, &'static str> {
        self.fixed().map(u8::from_le_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, &'static str> {
        self.fixed().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, &'static str> {
        self.fixed().map(u64::from_le_bytes)
    }

    pub(crate) fn i64(&mut self) -> Result<i64, &'static str> {
        self.fixed().map(i64::from_le_bytes)
    }

    pub(crate) fn count(&mut self) -> Result<usize, &'static str> {
        usize::try_from(self.u64()?).map_err(|_| "a length beyond the machine")
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8], &'static str> {
        let count = self.count()?;
        self.take(count)
    }

    pub(crate) fn array<T, const N: usize>(
        &mut self,
        from_bytes: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, &'static str> {
        let count = self.count()?;
        let bytes = self.take(count.checked_mul(N).ok_or("a length beyond the machine")?)?;
        let (elements, _) = bytes.as_chunks::<N>();
        Ok(elements
            .iter()
            .map(|&element| from_bytes(element))
            .collect())
    }
}
