"""Line in, line out: the text console, and the door that the tests use."""
